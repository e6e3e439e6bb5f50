"""A private note never reaches an asker, whatever else happens before and after it.

The host's team writes privately in its own channel, below a contact's own card, and in drafts of
answers. Every private word here has a mark that nobody else writes; onlookers fail when anybody
outside the team gets a card with it, and so does the log if it was kept as said to the asker.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards.blocks import Button
from bot.domain.events import Event
from tests.conftest import at_work, copied, lent
from tests.helpdesk import INVOICE, LAPTOP, TEAM, VAT, Helpdesk
from tests.onlookers import PRIVATE
from tests.pretend_chat import Pair
from tests.scenarios.clock import DAY, HOUR, MINUTE
from tests.scenarios.conftest import PAIRS

SEQUENCES = 10_000
HOST = ("Kari", "Per", "Liv", "Randi")
OUTSIDE = ("Ola", "Anne", "Nils", "Eli")
QUESTIONS = (VAT, VAT, VAT, INVOICE, LAPTOP, "Jeg lurer på noe om tallene våre")
NOTE = f"Han spør hver termin {PRIVATE}"


@dataclass
class Story:
    """One question of Ola's, and what people have written about it."""

    desk: Helpdesk
    notes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def stands(self, role: str) -> bool:
        ticket = self.desk.ticket()
        with self.desk.desk.database.reading() as store:
            return role in {slot.role for slot in store.slots.of(ticket.id)}

    def press(self, name: str, action: str, fields: dict[str, str]) -> None:
        value = f"{self.desk.ticket().id}{':' if action == 'asker.choose' else ''}"
        button = Button(label="…", action=action, value=value)
        channel = TEAM if name in HOST else None
        pressed = replace(self.desk.pressed(name, button, channel=channel), fields=fields)
        self.desk.happens(pressed, who=name)


Act = Callable[[Story, str], None]  # with somebody of the host's, who may do it


def note_in_the_team(story: Story, who: str) -> None:
    if story.stands("team"):
        story.notes.append(story.desk.replies(who, NOTE, below="team"))


def note_below_ones_own_card(story: Story, who: str) -> None:
    contact = story.desk.ticket().contact
    if contact and story.stands("contact"):
        story.notes.append(story.desk.replies(contact, NOTE, below="contact"))


def keeps_a_draft(story: Story, who: str) -> None:
    story.press(who, "ticket.answer.send", {"text": NOTE, "how": "draft"})


def chooses_a_ready_answer(story: Story, who: str) -> None:
    story.press(who, "ticket.answer.send", {"ready": "looking-into-it", "text": ""})
    story.press(who, "ticket.draft", {})  # it stands instead of the draft there was


def changes_a_note(story: Story, who: str) -> None:
    for note in story.notes[-1:]:
        story.desk.edits(who, note, f"{NOTE} og {PRIVATE}")


def deletes_a_note(story: Story, who: str) -> None:
    for note in story.notes[-1:]:
        story.desk.deletes(who, note)


def outsider_touches_a_note(story: Story, who: str) -> None:
    for note in story.notes[-1:]:
        story.desk.edits("Ola", note, "Jeg så det")
        story.desk.deletes("Nils", note)


def asks_the_bot_in_the_team(story: Story, who: str) -> None:
    story.desk.says(who, NOTE, channel=TEAM, to_us=False)


def asker_goes_on(story: Story, who: str) -> None:
    story.said.append(story.desk.replies("Ola", "Men hva med kirken?"))


def asker_thanks(story: Story, who: str) -> None:
    story.desk.replies("Ola", "Takk!")


def asker_writes_beside_it(story: Story, who: str) -> None:
    story.desk.says("Ola", "Første termin.")


def asker_changes_it(story: Story, who: str) -> None:
    for said in story.said[-1:]:
        story.desk.edits("Ola", said, "Jeg mente kirka")


def asker_deletes_it(story: Story, who: str) -> None:
    for said in story.said[-1:]:
        story.desk.deletes("Ola", said)


def asker_reacts(story: Story, who: str) -> None:
    story.desk.reacts("Ola", "+1")


def team_answers_in_the_askers_thread(story: Story, who: str) -> None:
    story.said.append(story.desk.replies(who, "Innen 10. april."))


def team_changes_its_answer(story: Story, who: str) -> None:
    for said in story.said[-1:]:
        story.desk.edits(who, said, "Innen 11. april.")


def colleague_writes(story: Story, who: str) -> None:
    thread = story.desk.slot_place(None, "asker").thread
    story.desk.says("Anne", "Jeg har mer", channel="Ola", thread=thread, to_us=False)


def outsiders_look(story: Story, who: str) -> None:
    for name in OUTSIDE:
        story.desk.opens_page(name)
        story.desk.commands(name, "sla")


def neighbour_tries(story: Story, who: str) -> None:
    story.press("Nils", "ticket.why", {})
    story.press("Nils", "ticket.answer.send", {"text": "Jeg svarer"})


def time_passes(story: Story, who: str) -> None:
    story.desk.passes({"Kari": MINUTE, "Per": HOUR, "Liv": DAY, "Randi": 12 * DAY}[who])


def press_of(whose: str | None, action: str, **fields: str) -> Act:
    """Return the act of pressing a button, or of sending a form, as *whose* or the host's."""

    def act(story: Story, who: str) -> None:
        story.press(whose or who, action, fields)

    act.__name__ = action
    return act


ACTS: tuple[Act, ...] = (
    *(note_in_the_team, note_below_ones_own_card) * 3,
    *(keeps_a_draft, chooses_a_ready_answer),
    *(changes_a_note, deletes_a_note, outsider_touches_a_note, asks_the_bot_in_the_team),
    *(asker_goes_on, asker_thanks, asker_writes_beside_it, asker_changes_it, asker_deletes_it),
    *(asker_reacts, team_answers_in_the_askers_thread, team_changes_its_answer),
    *(colleague_writes, outsiders_look, neighbour_tries, time_passes),
    *(press_of(None, f"ticket.{move}") for move in ("take", "go_on", "resolve", "reopen", "why")),
    *(press_of(None, f"ticket.{move}") for move in ("more", "urgent", "not_urgent", "answer")),
    *(press_of("Ola", f"asker.{move}") for move in ("choose", "need_help", "urgent", "reopen")),
    *(press_of("Ola", f"asker.{move}") for move in ("not_urgent", "withdraw", "wrong_task")),
    press_of("Ola", "ticket.why"),
    press_of("Ola", "asker.wrong_task.send", task="payments"),
    press_of(None, "ticket.answer.send", text="Innen 10. april."),
    press_of(None, "ticket.ask_back.send", text="Hvilken termin?"),
    press_of(None, "ticket.resolve.send", text="Innen 10. april."),
    press_of(None, "ticket.third_party.send", party="banken"),
    press_of(None, "ticket.hand_over.send", to="Liv"),
    press_of(None, "ticket.change_task.send", task="payments"),
    press_of(None, "ticket.link.send", number="HALD-2026-0001"),
    press_of(None, "ticket.merge.send", number="HALD-2026-0001"),
    press_of(None, "ticket.split.send", message="1", task="payments"),
)
ASKS = st.sampled_from(QUESTIONS)
SEQUENCE = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(HOST)), max_size=12)


def nothing_leaks(template: Path, pair: Pair, sequences: int) -> None:
    """Go through so many random sequences. Onlookers watch every card, in every chat."""

    @settings(max_examples=sequences, suppress_health_check=list(HealthCheck))
    @given(ASKS, SEQUENCE)
    def sequence(question: str, acts: list[tuple[Act, str]]) -> None:
        with at_work(lent(copied(template)), pair) as helpdesk:
            helpdesk.opens()
            helpdesk.has("Anne", of="heroy")
            helpdesk.asks("Ola", question)
            story = Story(helpdesk)
            for act, who in acts:
                act(story, who)
            kept = [text for event in helpdesk.log() if PRIVATE in (text := said(event))]
            assert kept == []
            helpdesk.forgets()

    sequence()


def said(event: Event) -> str:
    return str(getattr(event, "text", ""))


@pytest.mark.parametrize("pair", PAIRS[::4], ids=str)
def test_a_private_note_never_reaches_an_asker(sqlite_template: Path, pair: Pair) -> None:
    nothing_leaks(sqlite_template, pair, 70)


@pytest.mark.long
@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_ten_thousand_sequences_leak_nothing(sqlite_template: Path, pair: Pair) -> None:
    nothing_leaks(sqlite_template, pair, SEQUENCES // len(PAIRS) + 1)


def test_the_onlookers_would_have_seen_it(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.answer", on=TEAM)

    with pytest.raises(AssertionError, match="Ola reads what is private"):
        asked.fills_in("Kari", text=NOTE)

    asked.forgets()
