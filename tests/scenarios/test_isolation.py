"""No municipality ever sees another's tickets, by any path."""

from tests.helpdesk import TEAM, VAT, Helpdesk

HIDDEN = "Denne saken finnes ikke, eller du har ikke tilgang til den."
TEAM_ONLY = "Bare teamet i vertskommunen kan gjøre dette."
OF_NO_TICKET = {
    "ask.form",
    "ask.send",
    "phone.form",
    "phone.send",
    "language.form",
    "language.choose",
    "order.menu",
    "queue.show",
}
OF_OTHER_THINGS = (
    "absence.send",
    "absence.anyway",
    "meeting.",
    "minutes.",
    "agenda.add",
    "agenda.order",
    "agenda.send",
    "link.",
    "year.",
)


def every_action(helpdesk: Helpdesk) -> list[str]:
    table = helpdesk.dispatch.table
    actions = [*table.pressed, *table.submitted]
    of_tickets = [action for action in actions if action not in OF_NO_TICKET]
    return [action for action in of_tickets if not action.startswith(OF_OTHER_THINGS)]


def test_a_neighbour_can_do_nothing_with_a_ticket_and_learns_nothing(asked: Helpdesk) -> None:
    button = asked.button(TEAM, "ticket.answer")
    before = asked.ticket()

    for action in every_action(asked):
        asked.press("Nils", button.model_copy(update={"action": action}))

    assert set(asked.hears("Nils")) == {HIDDEN}
    assert "Nils" not in asked.shown
    assert asked.ticket() == before


def test_an_asker_cannot_do_what_is_the_teams(asked: Helpdesk) -> None:
    button, before = asked.button(TEAM, "ticket.answer"), asked.ticket()
    actions = [a for a in every_action(asked) if a.startswith("ticket.") and a != "ticket.why"]

    for action in actions:
        asked.press("Ola", button.model_copy(update={"action": action}))

    assert asked.hears("Ola") == [TEAM_ONLY] * len(actions)
    assert asked.ticket() == before


def test_nobody_but_the_team_puts_down_what_others_asked_on_the_phone(asked: Helpdesk) -> None:
    button = asked.button(TEAM, "ticket.answer")

    asked.commands("Nils", "telefon")
    for action in ("phone.form", "phone.send"):
        asked.press("Nils", button.model_copy(update={"action": action}))

    assert asked.hears("Nils") == [TEAM_ONLY] * 3
    assert len(asked.tickets()) == 1


def test_a_neighbours_word_in_the_thread_is_not_carried(asked: Helpdesk) -> None:
    thread = asked.slot_place(None, "asker").thread

    asked.says("Nils", "Jeg svarer for Ola", channel="Ola", thread=thread, to_us=True)

    assert asked.hears(TEAM) == asked.hears("Kari") == asked.hears("Nils") == []
    assert len(asked.tickets()) == 1


def test_a_neighbours_page_shows_nothing_of_it(asked: Helpdesk) -> None:
    page = asked.opens_page("Nils").model_dump_json()

    assert "HALD-2026-0001" not in page
    assert VAT not in page
