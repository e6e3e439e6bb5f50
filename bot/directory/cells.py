"""Single cells of a people file: how each is written, and what it is read as."""

import re
from difflib import get_close_matches

from bot.domain.agreement import Agreement
from bot.domain.people import Account, Language, Platform, Role
from bot.domain.placing import is_address, tidy

LONGEST_NAME = 200
LONGEST_EMAIL = 254
SLACK = re.compile(r"([TE][A-Z0-9]{2,30})/([UW][A-Z0-9]{2,30})")
GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TEAMS = re.compile(f"({GUID})/({GUID})")
LANGUAGES = {
    **{language.value: language for language in Language},
    "bokmål": Language.NB,
    "nynorsk": Language.NN,
    "engelsk": Language.EN,
    "english": Language.EN,
}


class WrongCell(Exception):
    """A cell that cannot be used, and what to write in it."""

    def __init__(self, wrong: str, instead: str) -> None:
        super().__init__(f"{wrong}. {instead}.")
        self.wrong = wrong
        self.instead = instead


def name_in(cell: str) -> str:
    name = " ".join(cell.split())
    if not name:
        raise WrongCell("nobody is named", "Write the person's full name")
    if len(name) > LONGEST_NAME:
        raise WrongCell("this is too long for a name", f"Use at most {LONGEST_NAME} characters")
    return name


def email_in(cell: str) -> str:
    email = tidy(cell)
    if not is_address(email) or len(email) > LONGEST_EMAIL:
        raise WrongCell(
            f'"{cell}" is no e-mail address', "Write one, such as ola.vik@heroy.example"
        )
    return email


def municipality_in(cell: str, agreement: Agreement) -> str:
    """Return the id of the member that *cell* names, by its id or by its name."""
    plain = cell.lower().removesuffix(" kommune")
    for member in agreement.municipalities.values():
        if plain in {member.id, member.name.lower()}:
            return member.id
    names = ", ".join(member.name for member in agreement.municipalities.values())
    raise WrongCell(f'"{cell}" is no member of {agreement.name}', f"Write one of {names}")


def roles_in(cell: str, agreement: Agreement) -> frozenset[str]:
    """Return the roles that *cell* lists between ; or , signs. An empty cell is an asker's."""
    named = {role.strip().lower() for role in re.split("[;,]", cell)} - {""}
    known = {role.value for role in Role} | set(agreement.roles)
    for role in sorted(named - known):
        near = get_close_matches(role, sorted(known), n=1)
        advice = f"Write {near[0]}" if near else f"Write one of {', '.join(sorted(known))}"
        raise WrongCell(f'"{role}" is no role', advice)
    return frozenset(named or {Role.ASKER.value})


def language_in(cell: str) -> Language:
    if not cell:
        return Language.NB
    if cell.lower() not in LANGUAGES:
        raise WrongCell(f'"{cell}" is no language of ours', "Write nb, nn or en")
    return LANGUAGES[cell.lower()]


def slack_in(cell: str) -> Account | None:
    if not cell:
        return None
    found = SLACK.fullmatch(cell.upper())
    if not found:
        advice = "Write the workspace's id and the user's, such as T0123ABCD/U0123ABCD"
        raise WrongCell(f'"{cell}" is no Slack account', advice)
    return Account(Platform.SLACK, found[1], found[2])


def teams_in(cell: str) -> Account | None:
    if not cell:
        return None
    found = TEAMS.fullmatch(cell.lower())
    if not found:
        advice = "Write the tenant's id and the user's object id from Entra, with / between"
        raise WrongCell(f'"{cell}" is no Teams account', advice)
    return Account(Platform.TEAMS, found[1], found[2])
