"""The proof says of every day what routing would say at its worst moment, and never less."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from bot.cover import Standing, holes, opened, prove, weeks
from bot.cover.proof import NOBODYS, Row, Stand
from bot.domain.agreement import Agreement, Side
from bot.domain.people import Absence, Person, PersonId
from bot.domain.routing import own_contact, route
from tests.cover.big import big_agreement, big_staff
from tests.office import AGREEMENT

QUARTER = timedelta(minutes=15)
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
KARI = Person(
    id=PersonId("Kari"),
    name="Kari",
    municipality="alstahaug",
    roles=frozenset({"host-team", "contact-heroy"}),
)
RANDI = replace(KARI, id=PersonId("Randi"), name="Randi", roles=frozenset({"host-team", "lead"}))


def away(person: Person, *spans: tuple[datetime, datetime]) -> Person:
    return replace(person, absences=tuple(Absence(start, end) for start, end in spans))


def utc(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def host_task(agreement: Agreement) -> str:
    """A task of the host's that no specialist has: the main contact answers."""
    return next(
        task.id
        for task in agreement.tasks.values()
        if task.side is Side.HOST and not agreement.specialists(task.id, "heroy")
    )


TASK = host_task(AGREEMENT)


def asked_each_quarter(
    agreement: Agreement, task: str, member: str, people: tuple[Person, ...], day: date
) -> Stand:
    """Ask routing itself every quarter of an hour of *day*, with no grouping and no memory."""
    directory, worst = {person.id: person for person in people}, list[Stand]()

    def find(among: dict[PersonId, Person], now: datetime) -> PersonId | None:
        if agreement.side_of(task) is Side.PARTNER:
            found = own_contact(agreement, task, member, among, now)
            return found.id if found else None
        return route(agreement, task, member, among, load={}, now=now).to

    for when, window in agreement.calendar.windows():
        moment = window.opens
        while when == day and moment < window.closes:
            to = find(directory, moment)
            others = {who: person for who, person in directory.items() if who != to}
            worst.append(Stand(to, find(others, moment) if to else None))
            moment += QUARTER
    return min(worst, key=lambda stand: stand.standing)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_lost_by_asking_for_alike_things_together(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    agreement, people = big_agreement(), big_staff(random, absences=12)
    first, last = date(2026, 6, 1), date(2026, 8, 31)
    proof = prove(agreement, people, first, last)
    for _ in range(40):
        member = random.choice(list(agreement.municipalities))
        task = random.choice(list(agreement.tasks))
        day = random.choice(proof.days)
        assert proof.at(member, task, day) == asked_each_quarter(
            agreement, task, member, people, day
        ), (member, task, day)


def test_every_task_that_somebody_answers_for_is_in_it_once_for_each_municipality() -> None:
    agreement = big_agreement()
    people = big_staff(Random(1))  # noqa: S311 - no secret
    proof = prove(agreement, people, JUNE, JULY)

    told = [(row.municipality, task) for row in proof.rows for task in row.tasks]
    assert sorted(told) == sorted((m, t) for m in agreement.municipalities for t in agreement.tasks)


def test_what_is_a_third_partys_or_nobodys_is_left_out() -> None:
    proof = prove(AGREEMENT, (KARI, RANDI), JUNE, JUNE)

    sides = {AGREEMENT.side_of(task) for row in proof.rows for task in row.tasks}
    assert Side.HOST in sides
    assert sides.isdisjoint(NOBODYS)


def test_weekends_and_holidays_are_no_days_of_cover() -> None:
    proof = prove(AGREEMENT, (KARI, RANDI), date(2026, 5, 15), date(2026, 5, 25))

    assert [day.day for day in proof.days] == [15, 18, 19, 20, 21, 22]  # the 25th is Whit Monday


def test_the_contact_answers_and_the_lead_is_next() -> None:
    proof = prove(AGREEMENT, (KARI, RANDI), JUNE, JUNE)

    assert proof.at("heroy", TASK, JUNE) == Stand(PersonId("Kari"), PersonId("Randi"))


def test_who_is_left_alone_is_a_single_point_and_nobody_is_a_gap() -> None:
    kari = away(KARI, (utc(2026, 7, 5, 22), utc(2026, 7, 10, 22)))
    randi = away(RANDI, (utc(2026, 7, 8, 22), utc(2026, 7, 19, 22)))
    proof = prove(AGREEMENT, (kari, randi), JULY, date(2026, 7, 31), only="heroy")

    [gap] = [hole for hole in holes(proof, Standing.GAP) if TASK in hole.tasks]
    assert (gap.first, gap.last, gap.days) == (date(2026, 7, 9), date(2026, 7, 10), 2)
    assert gap.rests_on is None
    alone = [hole for hole in holes(proof, Standing.SINGLE) if TASK in hole.tasks]
    assert [(hole.first.day, hole.last.day, hole.rests_on) for hole in alone] == [
        (6, 8, "Randi"),
        (13, 17, "Kari"),
    ]


def test_half_a_day_with_nobody_is_a_gap() -> None:
    noon = utc(2026, 6, 1, 10)
    kari, randi = (away(one, (noon, utc(2026, 6, 1, 22))) for one in (KARI, RANDI))
    proof = prove(AGREEMENT, (kari, randi), JUNE, date(2026, 6, 2))

    assert proof.at("heroy", TASK, JUNE).standing is Standing.GAP
    assert proof.at("heroy", TASK, date(2026, 6, 2)).standing is Standing.COVERED


def test_an_evening_away_takes_nobody_from_their_work() -> None:
    evening = (utc(2026, 6, 1, 16), utc(2026, 6, 2, 4))
    proof = prove(AGREEMENT, (away(KARI, evening), away(RANDI, evening)), JUNE, date(2026, 6, 2))

    standings = {stand.standing for stand in _of("heroy", proof.rows).stands.values()}
    assert standings == {Standing.COVERED}


def _of(member: str, rows: tuple[Row, ...]) -> Row:
    return next(row for row in rows if row.municipality == member and TASK in row.tasks)


def test_a_member_that_has_not_joined_yet_needs_nobody() -> None:
    heroy = replace(AGREEMENT.municipalities["heroy"], starts=date(2026, 6, 3))
    members = {**AGREEMENT.municipalities, "heroy": heroy}
    agreement = replace(AGREEMENT, municipalities=members)
    proof = prove(agreement, (KARI, RANDI), JUNE, date(2026, 6, 5))

    assert [day.day for day in _of("heroy", proof.rows).stands] == [3, 4, 5]
    with pytest.raises(KeyError):
        proof.at("heroy", TASK, JUNE)


def test_a_new_absence_opens_the_days_that_were_covered_and_no_others() -> None:
    randi = away(RANDI, (utc(2026, 7, 5, 22), utc(2026, 7, 12, 22)))
    gone = away(KARI, (utc(2026, 7, 7, 22), utc(2026, 7, 17, 22)))
    before = prove(AGREEMENT, (KARI, randi), JULY, AUGUST, only="heroy")
    after = prove(AGREEMENT, (gone, randi), JULY, AUGUST, only="heroy")

    [hole] = [hole for hole in opened(before, after) if TASK in hole.tasks]
    assert (hole.first.day, hole.last.day) == (8, 10)
    assert opened(after, after) == []


def test_a_named_deputy_of_the_team_keeps_the_gap_shut() -> None:
    per = replace(KARI, id=PersonId("Per"), name="Per", roles=frozenset({"host-team"}))
    span = utc(2026, 7, 5, 22), utc(2026, 7, 10, 22)
    gone = replace(KARI, absences=(Absence(*span, per.id),))
    proof = prove(AGREEMENT, (gone, per), date(2026, 7, 6), date(2026, 7, 6), only="heroy")

    assert proof.at("heroy", TASK, date(2026, 7, 6)) == Stand(per.id, None)


def test_a_week_is_as_well_covered_as_its_worst_day() -> None:
    kari = away(KARI, (utc(2026, 7, 5, 22), utc(2026, 7, 6, 22)))
    randi = away(RANDI, (utc(2026, 7, 5, 22), utc(2026, 7, 6, 22)))
    proof = prove(AGREEMENT, (kari, randi), JULY, date(2026, 7, 17), only="heroy")

    row = _of("heroy", proof.rows)
    hosts = sum(len(row.tasks) for row in proof.rows if not row.is_home)
    homes = sum(len(row.tasks) for row in proof.rows if row.is_home)  # nobody in Herøy is there
    found = {week.monday: (week.gaps, week.standing) for week in weeks(proof)}
    assert set(found) == {date(2026, 6, 29), date(2026, 7, 6), date(2026, 7, 13)}
    assert found[date(2026, 7, 6)] == (hosts + homes, Standing.GAP)
    assert found[date(2026, 7, 13)][0] == homes
    assert len(row.stands) == 13
