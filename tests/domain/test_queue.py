"""The queue: each part holds what it says, by deadline, and the counts agree with what is shown."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import Side
from bot.domain.people import Absence, Person, PersonId
from bot.domain.queue import Entry, Look, Part, Wanted, counts, in_order, is_in, uncovered, wanted
from bot.domain.queue_words import read_wanted
from bot.domain.tickets import Status, Ticket, TicketId
from bot.texts import OSLO
from tests.stories import AGREEMENT

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
LOOK = Look(who=PersonId("Kari"), day=date(2026, 3, 2), zone=OSLO)
HOUR = timedelta(hours=1)
NAMES = ("Kari", "Per", None)


def entry(
    number: int = 1,
    *,
    due: datetime | None = MONDAY,
    contact: str | None = "Kari",
    taken_by: str | None = None,
    status: Status = Status.OPEN,
    municipality: str = "heroy",
    task: str | None = "vat",
) -> Entry:
    ticket = Ticket(
        id=TicketId(UUID(int=number)),
        number=f"HALD-2026-{number:04}",
        cooperation="hald",
        municipality=municipality,
        agreement="a",
        asker=PersonId("Ola"),
        question="Hva?",
        asked_at=MONDAY,
        task=task,
        side=Side.HOST,
        counted_as=Side.HOST,
        choices=(),
        status=status,
        contact=PersonId(contact) if contact else None,
        taken_by=PersonId(taken_by) if taken_by else None,
    )
    return Entry(ticket, due)


entries = st.lists(
    st.builds(
        entry,
        st.integers(1, 9999),
        due=st.none() | st.integers(-100, 100).map(lambda hours: MONDAY + hours * HOUR),
        contact=st.sampled_from(NAMES),
        taken_by=st.sampled_from(NAMES),
        status=st.sampled_from([Status.OPEN, Status.TAKEN, Status.WAITS_FOR_ASKER]),
        municipality=st.sampled_from(["heroy", "donna"]),
        task=st.sampled_from(["vat", "payments", None]),
    )
)
looked_for = st.builds(
    Wanted,
    part=st.sampled_from(Part),
    municipality=st.none() | st.sampled_from(["heroy", "donna"]),
    task=st.none() | st.sampled_from(["vat", "payments"]),
)


@pytest.mark.parametrize(
    ("seen", "parts"),
    [
        (entry(), {Part.ALL, Part.MINE, Part.FREE, Part.TODAY}),
        (entry(taken_by="Kari"), {Part.ALL, Part.MINE, Part.TODAY}),
        (entry(taken_by="Per"), {Part.ALL, Part.TODAY}),
        (entry(contact="Per"), {Part.ALL, Part.FREE, Part.TODAY}),
        (entry(contact=None, due=None), {Part.ALL, Part.FREE}),
        (
            entry(taken_by="Per", status=Status.WAITS_FOR_ASKER, due=None),
            {Part.ALL, Part.WAITING},
        ),
        (
            entry(taken_by="Per", status=Status.WAITS_FOR_THIRD_PARTY, due=None),
            {Part.ALL, Part.WAITING},
        ),
        (entry(contact="Per", due=MONDAY - 48 * HOUR), {Part.ALL, Part.FREE, Part.TODAY}),
        (
            entry(taken_by="Per", due=datetime(2026, 3, 2, 22, 59, tzinfo=UTC)),
            {Part.ALL, Part.TODAY},
        ),
        (entry(taken_by="Per", due=datetime(2026, 3, 2, 23, 0, tzinfo=UTC)), {Part.ALL}),
    ],
)
def test_a_ticket_is_in_the_parts_that_it_belongs_to(seen: Entry, parts: set[Part]) -> None:
    assert {part for part in Part if is_in(seen, part, LOOK)} == parts


@given(entries, looked_for)
def test_what_is_shown_is_by_deadline_and_as_many_as_was_said(
    every: list[Entry], what: Wanted
) -> None:
    seen = wanted(every, what, LOOK)

    assert len(seen) == counts(every, what, LOOK)[what.part]
    dues = [one.due for one in seen]
    known = [due for due in dues if due]
    assert dues[: len(known)] == sorted(known)
    for one in seen:
        assert what.municipality in {None, one.ticket.municipality}
        assert what.task in {None, one.ticket.task}


@given(entries, looked_for)
def test_nothing_is_lost_and_nothing_is_invented(every: list[Entry], what: Wanted) -> None:
    assert sorted(map(id, in_order(every))) == sorted(map(id, every))
    assert {id(one) for one in wanted(every, what, LOOK)} <= {id(one) for one in every}
    in_parts = counts(every, what, LOOK)
    assert all(in_parts[part] <= in_parts[Part.ALL] for part in Part)


@given(entries)
def test_what_has_no_deadline_stands_last(every: list[Entry]) -> None:
    for before, after in pairwise(in_order(every)):
        assert before.due or not after.due


def test_what_nobody_here_has_is_uncovered() -> None:
    away = Absence(MONDAY - HOUR, MONDAY + HOUR)
    people = {
        PersonId(name): Person(id=PersonId(name), name=name, roles=frozenset({role}), absences=gone)
        for name, role, gone in (
            ("Kari", "host-team", ()),
            ("Per", "host-team", (away,)),
            ("Ola", "asker", ()),
        )
    }
    here, gone = entry(1), entry(2, contact="Per")
    taken = entry(3, contact="Per", taken_by="Kari")
    nobodys, left = entry(4, contact=None), entry(5, contact="Ola")

    found = uncovered([here, gone, taken, nobodys, left], people, MONDAY)

    assert [one.ticket.number[-1] for one in found] == ["2", "4", "5"]
    assert list(uncovered([gone], people, MONDAY + HOUR)) == []


@pytest.mark.parametrize(
    ("words", "what", "unclear"),
    [
        ("", Wanted(), ""),
        ("mine", Wanted(part=Part.MINE), ""),
        ("  MINE  Dønna ", Wanted(part=Part.MINE, municipality="donna"), ""),
        ("herøy kommune i dag", Wanted(part=Part.TODAY, municipality="heroy"), ""),
        ("vat", Wanted(task="vat"), ""),
        ("ledige merverdiavgift", Wanted(part=Part.FREE, task="vat"), ""),
        ("bankavtale", Wanted(task="bank-and-loans"), ""),
        ("bank", Wanted(), "bank"),  # two tasks have the word
        ("ventar leirfjord", Wanted(part=Part.WAITING, municipality="leirfjord"), ""),
        ("today", Wanted(part=Part.TODAY), ""),
        ("snart", Wanted(), "snart"),
        ("mine snart", Wanted(part=Part.MINE), "snart"),
    ],
)
def test_what_is_wanted_is_said_in_words(words: str, what: Wanted, unclear: str) -> None:
    assert read_wanted(words, AGREEMENT) == (what, unclear)


@given(st.text(max_size=60))
def test_whatever_is_written_some_part_is_shown(words: str) -> None:
    what, _ = read_wanted(words, AGREEMENT)
    assert what.part in Part
