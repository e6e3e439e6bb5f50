"""The package as one file: the manifest, its words in the other languages, and the pictures."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.domain.people import Language
from bot.teams_package.icons import colour_icon, outline_icon
from bot.teams_package.manifest import WORDS_SCHEMA, Manifest, commands, manifest
from bot.texts import Texts, texts

TAGS = {Language.NB: "nb-no", Language.NN: "nn-no", Language.EN: "en-us"}
DEFAULT = Language.NB
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same package is the same file, whenever it is made


def package(app_id: str, host: str) -> bytes:
    """Return the zip file that is uploaded to Teams."""
    whole = translated(app_id, host)
    others = [language for language in TAGS if language is not DEFAULT]
    held: dict[str, bytes] = {"manifest.json": _json(whole)}
    held |= {f"{TAGS[language]}.json": _json(words(texts(language))) for language in others}
    held |= {"color.png": colour_icon(), "outline.png": outline_icon()}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for name, content in held.items():
            zipped.writestr(ZipInfo(name, LONG_AGO), content, ZIP_DEFLATED)
    return out.getvalue()


def translated(app_id: str, host: str) -> Manifest:
    """Return the manifest in the default language, which names the files of the others."""
    others = [
        {"languageTag": tag, "file": f"{tag}.json"}
        for language, tag in TAGS.items()
        if language is not DEFAULT
    ]
    told = {"defaultLanguageTag": TAGS[DEFAULT], "additionalLanguages": others}
    return manifest(app_id, host, texts(DEFAULT)) | {"localizationInfo": told}


def words(say: Texts) -> dict[str, str]:
    """Return every word of the manifest in one language, by where in it the word stands."""
    listed = commands(say)
    action = "composeExtensions[0].commands[0]"
    return {
        "$schema": WORDS_SCHEMA,
        "name.short": say("teams.name"),
        "name.full": say("teams.long_name"),
        "description.short": say("teams.short"),
        "description.full": say("teams.long"),
        "staticTabs[1].name": say("teams.tab"),
        f"{action}.title": say("teams.extension"),
        f"{action}.description": say("teams.extension_about"),
        **{
            f"bots[0].commandLists[0].commands[{n}].{name}": command[name]
            for n, command in enumerate(listed)
            for name in ("title", "description")
        },
    }


def _json(held: dict[str, Any]) -> bytes:
    return json.dumps(held, ensure_ascii=False, indent=2).encode()
