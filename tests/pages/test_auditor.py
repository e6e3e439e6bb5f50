"""An auditor reads all and changes nothing: every command and button but the reading ones is no."""

from collections.abc import Iterator

import pytest

from bot.domain.people import Language
from bot.texts import texts
from storage.database import Database
from tests.conftest import at_work
from tests.helpdesk import TEAM, VAT, Helpdesk


@pytest.fixture
def helpdesk(empty_sqlite: str) -> Iterator[Helpdesk]:
    with at_work(Database(empty_sqlite)) as helpdesk:
        helpdesk.opens()
        helpdesk.asks("Ola", VAT)
        helpdesk.forgets()
        yield helpdesk


@pytest.mark.parametrize(
    ("language", "roles"),
    [
        (Language.NB, {"auditor"}),
        (Language.NN, {"auditor", "manager"}),
        (Language.EN, {"auditor", "host-team", "lead"}),
    ],
)
def test_whatever_an_auditor_does_changes_nothing_and_says_so(
    helpdesk: Helpdesk, roles: set[str], language: Language
) -> None:
    helpdesk.has("Rolf", of="alstahaug", roles=roles, language=language)
    table, button = helpdesk.dispatch.table, helpdesk.button(TEAM, "ticket.answer")
    before, actions = helpdesk.log(), {*table.pressed, *table.submitted} - table.reading
    commands = sorted(table.commanded.keys() - table.reading)

    for action in sorted(actions):
        helpdesk.press("Rolf", button.model_copy(update={"action": action}))
    for command in commands:
        helpdesk.commands("Rolf", command, "noe")
    helpdesk.asks("Rolf", VAT)

    refused = len(actions) + len(commands) + 1
    assert helpdesk.hears("Rolf") == [texts(language)("refusal.reads_only")] * refused
    assert helpdesk.log() == before
    assert len(helpdesk.tickets()) == 1


def test_what_an_auditor_may_do_in_the_chat_is_told_by_name(helpdesk: Helpdesk) -> None:
    table = helpdesk.dispatch.table
    assert table.reading <= {*table.commanded, *table.pressed, *table.submitted}


def test_an_auditor_may_talk_where_others_talk(helpdesk: Helpdesk) -> None:
    helpdesk.has("Rolf", of="alstahaug", roles={"auditor"})
    helpdesk.says("Rolf", "Skal vi spise lunsj?", channel="Ola", to_us=False)
    assert helpdesk.hears("Rolf") == []
