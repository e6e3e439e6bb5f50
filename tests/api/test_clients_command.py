"""`vertsdesk api-clients` and `sign-ins`: who may read, and who is signed in."""

from argparse import Namespace

import pytest

from bot.agreements import AgreementBook
from bot.cli import api_clients, sign_ins
from bot.cli.answers import CannotAnswer
from bot.clock import wall_clock
from bot.domain.absences import WhoIsThat
from bot.domain.letting_in import ApiScope
from bot.domain.people import Person, PersonId
from tests.api.reading import Library
from tests.stories import AGREEMENT

BOOK = AgreementBook([AGREEMENT])


def added(library: Library, name: str = "dashboard", town: str | None = "Herøy") -> str:
    words = Namespace(name=name, scope=[ApiScope.FIGURES], municipality=town)
    return api_clients.let_in(library.database, BOOK, words)


async def test_a_token_is_shown_once_and_works_until_it_is_revoked(library: Library) -> None:
    token = added(library).split("\n")[0]
    listed = api_clients.listed(library.database, BOOK, Namespace())
    assert ("dashboard" in listed, "heroy" in listed, "may read" in listed) == (True, True, True)
    assert token.partition(".")[2] not in listed

    async with library.stranger() as program:
        program.headers["Authorization"] = f"Bearer {token}"
        assert (await program.get("/measures")).json()["municipality"] == "heroy"
        api_clients.revoke(library.database, BOOK, Namespace(name="dashboard"))
        assert (await program.get("/measures")).status_code == 401
    assert "revoked" in api_clients.listed(library.database, BOOK, Namespace())


def test_what_cannot_be_is_said_plainly(library: Library) -> None:
    added(library)
    for name in ("dashboard", "", "x" * 41, "a\nb"):
        with pytest.raises(CannotAnswer):
            added(library, name)
    with pytest.raises(CannotAnswer, match="is no member"):
        added(library, "another", "Bodø")
    with pytest.raises(CannotAnswer):
        api_clients.revoke(library.database, BOOK, Namespace(name="nobody"))
    assert api_clients.listed(library.database, BOOK, Namespace()).count("\n") == 1


def test_somebody_who_is_signed_in_is_listed_and_signed_out(library: Library) -> None:
    ola = Person(id=PersonId("ola"), name="Ola Husvær", email="ola@heroy.example")
    with library.database.transaction() as store:
        store.people.introduce(ola)
        store.subjects.link("https://login.example", "ola", ola.id, wall_clock())
        store.visits.begin(ola.id, "proof", wall_clock())
    assert "Ola Husvær" in sign_ins.listed(library.database, BOOK, Namespace())

    told = sign_ins.end(library.database, BOOK, Namespace(who="ola@heroy.example"))
    assert "signed out" in told
    assert sign_ins.listed(library.database, BOOK, Namespace()) == ""
    sign_ins.forget(library.database, BOOK, Namespace(who="Ola"))
    with library.database.reading() as store:
        assert store.subjects.whose("https://login.example", "ola") is None
    with pytest.raises(WhoIsThat):
        sign_ins.end(library.database, BOOK, Namespace(who="nobody"))
