"""Which language somebody means by a word of theirs."""

from collections.abc import Mapping

from bot.domain.people import Language

_NAMES: Mapping[Language, tuple[str, ...]] = {
    Language.NB: ("nb", "bokmål", "bokmal", "norsk", "no", "norwegian"),
    Language.NN: ("nn", "nynorsk"),
    Language.EN: ("en", "engelsk", "english"),
}


def read_language(words: str) -> Language | None:
    """Return the language that *words* name, in any of the three; None when they name none."""
    plain = " ".join(words.casefold().split())
    return next((language for language, names in _NAMES.items() if plain in names), None)
