"""A day at the desk in which the cards come up, one after the other: what the golden files hold."""

from collections.abc import Callable
from datetime import timedelta

from bot.cards.blocks import Button, Card
from bot.domain.people import Account, Place, Platform, Profile
from bot.files import Content
from storage.database import Database
from tests.helpdesk import INVOICE, LAPTOP, TEAM, VAT, Helpdesk
from tests.pretend_chat import IN_SLACK, Pair

Step = Callable[[Helpdesk], object]
UNSURE = "Kan noen se på dette med budsjett og regnskap?"


class Day(Helpdesk):
    """A desk that keeps every card, in the order in which they were put anywhere."""

    def __init__(self, database: Database, pair: Pair = IN_SLACK) -> None:
        super().__init__(database, pair)
        self.kept: list[Card] = []
        senders = {platform: Keeper(chat, self.kept) for platform, chat in self.chats.items()}
        self.desk = type(self.desk)(
            database=self.desk.database,
            agreements=self.desk.agreements,
            understand=self.desk.understand,
            clock=self.desk.clock,
            new_id=self.desk.new_id,
            senders=senders,
            team=self.desk.team,
        )
        self.starts_again(self.desk.agreements)

    def cards_of(self, step: Step) -> list[Card]:
        """Return what *step* puts anywhere, and the form that it shows."""
        self.kept.clear()
        before = dict(self.shown)
        step(self)
        forms = [show.card for name, show in self.shown.items() if before.get(name) is not show]
        found = {card.model_dump_json(): card for card in (*self.kept, *forms)}
        return [found[told] for told in sorted(found)]  # places are served side by side


class Keeper:
    """Keeps a copy of what goes through."""

    def __init__(self, chat, kept: list[Card]) -> None:
        self._chat, self._kept = chat, kept

    async def send(self, to: Place, card: Card, only_to: Account | None):
        self._kept.append(card)
        return await self._chat.send(to, card, only_to)

    async def fetch(self, source: str, most: int) -> bytes:
        return await self._chat.fetch(source, most)

    async def send_file(self, to: Place, card: Card, file: Content):
        self._kept.append(card)
        return await self._chat.send_file(to, card, file)

    async def change(self, at: Place, message: str, card: Card) -> None:
        self._kept.append(card)
        await self._chat.change(at, message, card)


def pressed(name: str, action: str, *, on: str | None = None) -> Step:
    return lambda day: day.presses(name, action, on=on)


def pressed_more(name: str, action: str) -> Step:
    """Press what stands behind «more», which the team's own card does not show."""

    def step(day: Helpdesk) -> None:
        day.press(name, Button(label="", action=action, value=str(day.ticket().id)), channel=TEAM)

    return step


def filled(name: str, **fields: str) -> Step:
    return lambda day: day.fills_in(name, **fields)


def stranger(day: Helpdesk) -> None:
    day.meets("Ukjent")
    day.says("Ukjent", VAT, profile=Profile(name="Ukjent", email="ukjent@somewhere.example"))


def same_address(day: Helpdesk) -> None:
    day.meets("Ola i Teams", on=Platform.TEAMS)
    day.says("Ola i Teams", VAT, profile=Profile(name="Ola", email="ola@heroy.example"))


def not_reached(day: Helpdesk) -> None:
    day.chats[Platform.SLACK].refuses["Nils"] = "Slack answered is_archived"
    day.says("Nils", "takk")


STORY: tuple[tuple[str, Step], ...] = (
    ("asked", lambda day: day.asks("Ola", VAT)),
    ("urgent", pressed("Ola", "asker.urgent")),
    ("why", pressed("Ola", "ticket.why")),
    ("wrong task, the form", pressed("Ola", "asker.wrong_task")),
    ("replied", lambda day: day.replies("Ola", "Det gjelder *hele* <kommunen> & alle")),
    ("taken", pressed("Kari", "ticket.take", on=TEAM)),
    ("ask the municipality, the form", pressed("Kari", "ticket.ask_back", on=TEAM)),
    ("asked the municipality", filled("Kari", text="Hvilken termin?")),
    ("the asker answers", lambda day: day.replies("Ola", "Den første")),
    ("third party, the form", pressed("Kari", "ticket.third_party", on=TEAM)),
    ("third party", filled("Kari", text="Vi venter på Skatteetaten")),
    ("go on", pressed("Kari", "ticket.go_on", on=TEAM)),
    ("more", pressed("Kari", "ticket.more", on=TEAM)),
    ("answer, the form", pressed("Kari", "ticket.answer", on=TEAM)),
    ("answered", filled("Kari", text="Fristen er 10. april.\nHusk vedlegget.")),
    ("hand over, the form", pressed("Kari", "ticket.hand_over", on=TEAM)),
    ("change task, the form", pressed("Kari", "ticket.change_task", on=TEAM)),
    ("set a deadline, the form", pressed_more("Kari", "ticket.set_target")),
    ("link, the form", pressed_more("Kari", "ticket.link")),
    ("merge, the form", pressed_more("Kari", "ticket.merge")),
    ("split, the form", pressed_more("Kari", "ticket.split")),
    ("resolved", pressed("Kari", "ticket.resolve", on=TEAM)),
    ("reopened", pressed("Ola", "asker.reopen")),
    ("a partner's own task", lambda day: day.asks("Nils", INVOICE)),
    ("still needs help", pressed("Nils", "asker.need_help")),
    ("a third party's", lambda day: day.asks("Eli", LAPTOP)),
    ("in nynorsk", lambda day: day.asks("Eli", VAT)),
    ("several tasks are likely", lambda day: day.asks("Nils", UNSURE)),
    ("thanks", lambda day: day.says("Ola", "takk")),
    ("the form to ask", lambda day: day.commands("Ola", "spor")),
    ("figures", lambda day: day.commands("Randi", "sla")),
    ("a question by phone, the form", lambda day: day.commands("Kari", "telefon")),
    ("the asker's page", lambda day: day.opens_page("Ola")),
    ("the team's page", lambda day: day.opens_page("Kari")),
    ("the queue", lambda day: day.commands("Kari", "saker")),
    ("the queue of one municipality", lambda day: day.commands("Kari", "saker", "Dønna")),
    ("the languages", lambda day: day.commands("Ola", "språk")),
    ("what can be ordered", lambda day: day.commands("Ola", "bestill")),
    ("what meetings have decided", lambda day: day.commands("Kari", "presedens")),
    ("figures that are unclear", lambda day: day.commands("Randi", "sla", "måneskinn")),
    ("an unknown command", lambda day: day.commands("Ola", "ukjent")),
    ("a code", lambda day: day.commands("Ola", "koble")),
    ("the same address", same_address),
    ("one yes", pressed("Ola", "link.yes")),
    ("two yes", pressed("Ola i Teams", "link.yes")),
    ("a stranger", stranger),
    ("deadlines come near", lambda day: day.passes(timedelta(days=1))),
    ("deadlines pass", lambda day: day.passes(timedelta(days=7))),
    ("not reached", not_reached),
)
