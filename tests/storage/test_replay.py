"""Whatever happens to a ticket, its row is what its log adds up to."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Refusal, events
from bot.domain.agreement import Priority, Side
from bot.domain.events import Event, Reached, Skipped
from bot.domain.tickets import Ticket
from storage.database import Database, Store
from tests.storage.town import KARI, NOW, OLA, PER, ask

moments = st.integers(0, 10**9).map(lambda n: NOW + timedelta(microseconds=n))
people = st.sampled_from([OLA, KARI, PER])
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
messages = st.uuids().map(str)
tasks = st.none() | st.sampled_from(["vat", "payments"])
sides = st.sampled_from(Side)
when = {"at": moments, "received_at": moments}
said = {**when, "by": people, "message": messages, "text": words}
skipped = st.builds(Skipped, step=st.sampled_from(Reached), who=words, until=st.none() | moments)
moves: st.SearchStrategy[Event] = st.one_of(
    st.builds(events.Taken, **when, by=people),
    st.builds(events.HandedOver, **when, by=people, to=people),
    st.builds(events.Answered, **said),
    st.builds(events.AskedBack, **said),
    st.builds(events.AskerWrote, **said, is_thanks=st.booleans()),
    st.builds(events.WaitsForThirdParty, **when, by=people, party=words),
    st.builds(events.WentOn, **when, by=people),
    st.builds(events.Resolved, **when, by=people),
    st.builds(events.Reopened, **when, by=people),
    st.builds(events.Withdrawn, **when, by=people),
    st.builds(events.NeedsHelp, **when, by=people),
    st.builds(events.TaskChanged, **when, by=people, task=tasks, side=sides),
    st.builds(events.PriorityChanged, **when, by=people, priority=st.sampled_from(Priority)),
    st.builds(
        events.Routed,
        **when,
        to=st.none() | people,
        reached=st.sampled_from(Reached),
        skipped=st.lists(skipped, max_size=2).map(tuple),
    ),
    st.builds(events.Edited, **said),
    st.builds(events.Deleted, **when, by=people, message=messages),
    st.builds(events.NotDelivered, **when, message=messages),
    st.builds(
        events.Warned,
        **when,
        percent=st.integers(1, 200),
        figure=st.sampled_from(events.Figure),
        since=st.none() | moments,
        allowed=st.none() | st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=99)),
        to=st.lists(people, max_size=2).map(tuple),
    ),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(moves, max_size=12))
def test_a_row_is_what_its_log_adds_up_to(town: Database, history: list[Event]) -> None:
    with town.transaction() as store:
        ticket, happened = _live_through(store, history)

    with town.reading() as store:
        assert list(store.tickets.log(ticket.id))[1:] == happened
        assert store.tickets.get(ticket.id) == store.tickets.replayed(ticket.id) == ticket


def _live_through(store: Store, history: list[Event]) -> tuple[Ticket, list[Event]]:
    """Try every move, and return what has become of the ticket, and the moves that were allowed."""
    ticket, happened = ask(store), []
    for move in history:
        with suppress(Refusal):
            ticket = store.tickets.record(ticket, move)
            happened.append(move)
    return ticket, happened
