"""The HALD agreement says what the cooperation has agreed, word for word."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby

import pytest

from bot.agreements import HALD, read_agreement
from bot.domain.agreement import (
    Clause,
    Form,
    Priority,
    Rank,
    Side,
    WorkingDays,
    WorkingTime,
)

AGREEMENT = read_agreement(HALD)
SPRING = date(2026, 3, 2)

# id | side | wording
TASKS = """
annual-accounts | host | Regnskapsføring og ferdigstillelse av årsregnskap, oversendelse til revisjonen
kostra-accounts | host | KOSTRA-rapportering drift- og investering, balanse
payments | host | Betalingsformidling
bank-reconciliation | host | Bankavstemming
vat | host | Merverdiavgift
first-reminder | host | 1. gangs purring (videre oppfølging gjøres av Intrum)
bank-and-loans | host | Forvalte felles bankavtale og bistå ved låneopptak
procurement-advice | host | Rådgivning anskaffelsesprosesser
control-committee | host | Delta i kontrollutvalgsmøte under behandling av årsregnskapet
invoicing | partner | Fakturering og distribusjon
direct-debit | partner | Avtalegiro
rates-registers | partner | Ajourhold satser og registre
kostra-services | partner | KOSTRA tjenesterapportering
interest-calculation | partner | Renteberegningsrutine
childcare-tax-statement | partner | Ligningsoppgave for pass og stell av barn
write-offs | partner | Tapsføringer
budget-setup | host | Teknisk tilrettelegging for budsjettåret og ØP-periode
budget-basis | host | Utarbeide informasjon / budsjettgrunnlag om frie inntekter, renter og avdrag, lønnsvekst, pensjonskostnader
budget-overviews | host | Kvalitetssikre hovedoversikter
budget-work | partner | Øvrige oppgaver
accounting-reports | host | Oppdaterte regnskapsrapporter i økonomisystemet
finance-report | host | Finansrapport i henhold til finansreglementet
year-end-circular | host | Årsoppgjørsrutine rundskriv
key-figures | host | Nøkkeltall til foreløpig årsregnskap
budget-follow-up | partner | Budsjettoppfølgingsrapporter
budget-amendments | partner | Budsjettreguleringer
annual-report | partner | Årsberetning / årsmelding
system-users | host | Registrerer nye brukere i systemmodulene
dimensions-codes | host | Vedlikeholder konteringsdimensjoner og kodeverk i økonomi- og fakturabehandlingssystem for samarbeidskommunen
system-training | unspecified | Generell opplæring i bruk av fagsystem, veiledning og hjelp til systemgrensesnitt
general-support | unspecified | Løpende support innen regnskap, budsjett og rapportering
new-functions | unspecified | Innføring av nye funksjoner og systemer
professional-development | unspecified | Faglig oppdatering for ansatte i økonomiavdelingen
cost-price-meetings | unspecified | Oppfølgingsmøter med Momentum selvkost, i lag med samarbeidskommunene
political-meetings | unspecified | Delta i formannskap og kommunestyremøter ved forespørsel
"""  # noqa: E501 the agreement's own lines are as long as they are
WORDED = [tuple(line.split(" | ")) for line in TASKS.strip().splitlines()]
SOMEBODY_ELSES = {"it-support": Side.EXTERNAL, "debt-collection": Side.EXTERNAL}


@pytest.mark.parametrize(("task", "side", "wording"), WORDED, ids=[row[0] for row in WORDED])
def test_a_task_has_its_side_and_the_agreements_own_words(
    task: str, side: str, wording: str
) -> None:
    assert AGREEMENT.tasks[task].side == side
    assert AGREEMENT.tasks[task].name == wording


def test_there_is_no_other_task_than_these_and_somebody_elses() -> None:
    others = AGREEMENT.tasks.keys() - {row[0] for row in WORDED}
    sides = {task: AGREEMENT.tasks[task].side for task in others}
    assert sides == {**SOMEBODY_ELSES, "out-of-scope": Side.NONE}


def test_the_members_and_when_they_joined() -> None:
    members = {
        name: (member.name, member.inhabitants, member.joined)
        for name, member in AGREEMENT.municipalities.items()
    }
    assert members == {
        "alstahaug": ("Alstahaug", 7509, 2009),
        "heroy": ("Herøy", 1880, 2009),
        "donna": ("Dønna", 1441, 2011),
        "leirfjord": ("Leirfjord", 2387, 2013),
    }
    assert sum(member.inhabitants for member in AGREEMENT.municipalities.values()) == 13217
    assert (AGREEMENT.host, AGREEMENT.form) == ("alstahaug", Form.HOST_MUNICIPALITY)


def test_every_municipality_has_a_main_contact_of_its_own_and_the_others_step_in() -> None:
    contacts = {member.contact for member in AGREEMENT.municipalities.values()}
    assert len(contacts) == len(AGREEMENT.municipalities)
    for member in AGREEMENT.municipalities.values():
        assert {member.contact, *member.deputies} == contacts


def test_two_tasks_stand_in_two_sections() -> None:
    twice = {task.id: task.clauses for task in AGREEMENT.tasks.values() if len(task.clauses) > 1}
    assert twice["annual-accounts"] == (
        Clause("Regnskap", 1),
        Clause("Budsjettoppfølging og årsregnskap", 5),
    )
    assert twice["control-committee"] == (
        Clause("Regnskap", 9),
        Clause("Budsjettoppfølging og årsregnskap", 6),
    )


def test_a_section_counts_its_clauses_from_one_without_a_gap() -> None:
    clauses = sorted(
        (clause.section, clause.number)
        for task in AGREEMENT.tasks.values()
        for clause in task.clauses
    )
    for _, numbered in groupby(clauses, key=lambda clause: clause[0]):
        numbers = [number for _, number in numbered]
        assert numbers == list(range(1, len(numbers) + 1))


def test_new_users_wait_for_the_partners_notice() -> None:
    task = AGREEMENT.tasks["system-users"]
    assert task.preconditions == ("Samarbeidskommunen informerer om nye brukere og endringer",)
    assert {name for name, task in AGREEMENT.tasks.items() if task.order_form} == {
        "system-users",
        "dimensions-codes",
    }


def test_somebody_elses_tasks_say_whose() -> None:
    assert AGREEMENT.tasks["it-support"].third_party == "hald-ikt"
    assert AGREEMENT.tasks["debt-collection"].third_party == "intrum"
    assert AGREEMENT.third_parties["hald-ikt"].name == "HALD-IKT"
    assert AGREEMENT.third_parties["intrum"].name == "Intrum"


def test_the_promises() -> None:
    normal = AGREEMENT.targets_for("vat", Priority.NORMAL, SPRING)
    assert normal.first_response == WorkingTime(timedelta(hours=4))
    assert normal.next_response == WorkingTime(timedelta(hours=8))
    assert normal.resolution == WorkingDays(3)
    urgent = AGREEMENT.targets_for("vat", Priority.URGENT, SPRING)
    assert urgent.first_response == WorkingTime(timedelta(hours=1))
    assert urgent.resolution == WorkingDays(1)
    assert AGREEMENT.targets_for("system-users", Priority.NORMAL, SPRING).resolution == WorkingDays(
        2
    )
    assert AGREEMENT.warn_at == (50, 75, 90, 100)
    assert AGREEMENT.choose_within == timedelta(minutes=10)


def test_the_ladder_goes_from_the_contact_to_the_manager_and_the_lead_knows_from_75_percent() -> (
    None
):
    told = {percent: AGREEMENT.rung(percent).to for percent in AGREEMENT.warn_at}
    assert told[50] == (Rank.CONTACT,)
    assert told[75] == (Rank.CONTACT, Rank.DEPUTIES, Rank.LEAD)
    assert told[90] == (Rank.CONTACT, Rank.DEPUTIES, Rank.SPECIALIST, Rank.LEAD)
    assert told[100] == tuple(Rank)


def test_a_specialist_comes_before_the_main_contact_but_not_for_whole_accounts() -> None:
    vat = AGREEMENT.specialists("vat", "heroy")
    assert vat is not None
    assert vat.who == "specialist-vat"
    assert AGREEMENT.specialists("annual-accounts", "heroy") is None


def test_three_kinds_of_meeting_and_the_first_is_held_with_each_municipality() -> None:
    levels = {series.id: (series.level, series.each) for series in AGREEMENT.meetings.values()}
    assert levels == {
        "follow-up": ("operational", True),
        "cooperation": ("strategic", False),
        "directors": ("principle", False),
    }


def test_nobody_real_is_named() -> None:
    domains = [d for member in AGREEMENT.municipalities.values() for d in member.domains]
    assert len(domains) == 4
    assert all(domain.endswith(".example") for domain in domains)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ((2026, 5, 13), 7.75),  # the last ordinary day before summer time in the office
        ((2026, 5, 14), 0),  # Kristi himmelfartsdag
        ((2026, 5, 15), 7),
        ((2026, 9, 14), 7),
        ((2026, 9, 15), 7.75),
        ((2026, 4, 1), 4),  # the Wednesday before Maundy Thursday
        ((2027, 3, 24), 4),  # the same, a year later
        ((2026, 4, 2), 0),  # Skjærtorsdag
        ((2026, 12, 24), 4),
        ((2026, 12, 31), 4),
        ((2027, 12, 25), 0),
        ((2022, 12, 24), 0),  # a Saturday
        ((2026, 6, 6), 0),  # a Saturday
        ((2024, 2, 29), 7.75),
    ],
)
def test_opening_hours(day: tuple[int, int, int], hours: float) -> None:
    start = datetime(*day, tzinfo=AGREEMENT.calendar.zone).astimezone(UTC)
    worked = AGREEMENT.calendar.elapsed(start, start + timedelta(days=1))
    assert worked == timedelta(hours=hours)


def test_holidays_have_norwegian_names() -> None:
    holidays = AGREEMENT.calendar.holidays
    assert holidays[date(2026, 5, 17)] == "Grunnlovsdag"
    assert holidays[date(2026, 4, 2)] == "Skjærtorsdag"
    assert holidays[date(2075, 12, 26)] == "Andre juledag"
