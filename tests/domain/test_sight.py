"""Who may look into what: their own, their municipality's, everybody's, and what all add up to."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from bot.agreements import HALD, read_agreement
from bot.demo import demo_people
from bot.domain.agreement import Agreement, Side
from bot.domain.people import Person, PersonId, Role
from bot.domain.sharing import Sharing, SharingRule
from bot.domain.sight import Sight, sight_of
from bot.domain.tickets import Status, Ticket, TicketId

HALD_RULES = read_agreement(HALD)
PEOPLE = {person.id: person for person in demo_people(HALD_RULES)}
MEMBERS = frozenset({"alstahaug", "heroy", "donna", "leirfjord"})


def sight(who: str, agreement: Agreement = HALD_RULES) -> Sight:
    return sight_of(PEOPLE[PersonId(who)], agreement)


def sharing(*, host: Sharing = Sharing.ALL, members: Sharing) -> Agreement:
    rule = SharingRule(host=host, members=members, readers=HALD_RULES.sharing.readers)
    return replace(HALD_RULES, sharing=rule)


def ticket(asker: str, municipality: str) -> Ticket:
    return Ticket(
        id=TicketId(UUID(int=1)),
        number="HALD-2026-0001",
        cooperation="hald",
        municipality=municipality,
        agreement=HALD_RULES.digest,
        asker=PersonId(asker),
        question="Når?",
        asked_at=datetime(2026, 3, 2, 8, tzinfo=UTC),
        task=None,
        side=Side.UNSPECIFIED,
        counted_as=Side.UNSPECIFIED,
        choices=(),
        status=Status.OPEN,
    )


def test_who_asks_sees_their_own_tickets_and_no_figures() -> None:
    ola = sight("ola.husver")
    assert ola.may_open(ticket("ola.husver", "heroy"))
    assert not ola.may_open(ticket("anita.seloy", "heroy"))
    assert not ola.sees_figures


def test_what_was_asked_for_another_municipality_stays_there_when_somebody_moves() -> None:
    assert not sight("ola.husver").may_open(ticket("ola.husver", "donna"))


@pytest.mark.parametrize("who", ["turid.flostad", "bjorn.tenna", "grete.oksning"])
def test_approver_manager_and_director_see_their_municipalitys_and_the_totals(who: str) -> None:
    heroys = sight(who)
    assert heroys.may_open(ticket("ola.husver", "heroy"))
    assert not heroys.may_open(ticket("arne.glein", "donna"))
    assert heroys.may_measure("heroy")
    assert heroys.may_measure(None)
    assert not heroys.may_measure("donna")
    assert not heroys.is_host


@pytest.mark.parametrize(
    ("rule", "figures", "totals"),
    [
        (Sharing.OWN, {"heroy"}, False),
        (Sharing.OWN_AND_TOTALS, {"heroy"}, True),
        (Sharing.ALL, MEMBERS, True),
    ],
)
def test_the_agreement_says_what_members_see_of_each_others_figures_never_of_tickets(
    rule: Sharing, figures: set[str], *, totals: bool
) -> None:
    bjorn = sight("bjorn.tenna", sharing(members=rule))
    assert (bjorn.figures, bjorn.totals, bjorn.tickets) == (figures, totals, {"heroy"})


@pytest.mark.parametrize("who", ["randi.solvang", "kari.nordnes", "geir.altersund"])
def test_the_agreement_says_what_the_hosts_team_and_managers_see(who: str) -> None:
    assert sight(who).figures == MEMBERS
    narrow = sight(who, sharing(host=Sharing.OWN, members=Sharing.ALL))
    assert (narrow.figures, narrow.totals) == ({"alstahaug"}, False)


def test_the_hosts_team_opens_every_ticket_and_its_managers_their_own_municipalitys() -> None:
    assert sight("kari.nordnes").tickets is None
    assert sight("geir.altersund").tickets == {"alstahaug"}


def test_in_a_cooperation_of_two_a_total_would_tell_of_the_other() -> None:
    two = {name: HALD_RULES.municipalities[name] for name in ("alstahaug", "heroy")}
    pair = replace(HALD_RULES, municipalities=two)
    assert not sight("bjorn.tenna", pair).totals


def test_an_auditor_reads_all_and_changes_nothing() -> None:
    kari = replace(PEOPLE[PersonId("kari.nordnes")], roles=frozenset({Role.AUDITOR, Role.LEAD}))
    auditor = sight_of(kari, HALD_RULES)
    assert auditor.is_reader_only
    assert auditor.may_open(ticket("arne.glein", "donna"))
    assert (auditor.figures, auditor.totals, auditor.is_host) == (MEMBERS, True, True)


def test_what_belongs_to_another_cooperation_is_opened_by_nobody() -> None:
    theirs = replace(ticket("ola.husver", "heroy"), cooperation="helgeland")
    for who in PEOPLE:
        assert not sight(who).may_open(theirs)


def test_somebody_of_no_municipality_sees_nothing() -> None:
    nobody = Person(id=PersonId("x"), name="X", roles=frozenset({Role.MANAGER}))
    seen = sight_of(nobody, HALD_RULES)
    assert not seen.sees_figures
    assert not seen.may_open(ticket("ola.husver", "heroy"))
