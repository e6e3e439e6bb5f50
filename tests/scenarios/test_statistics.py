"""Somebody writes /sla: which figures they see, and which they never see."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.cards.blocks import Card, Facts, Quote, Table
from bot.domain.people import Language, Person, PersonId, Place, Platform, Role
from bot.texts import texts
from handlers.sla import NoMunicipality, NotAReader, OthersFigures
from storage.database import Database
from tests.sla_command import answer_to_sla
from tests.stories import MONDAY_NINE, Story, answered, resolved

HOME = Place(Platform.SLACK, "D-somebody")
WEDNESDAY = MONDAY_NINE + timedelta(days=2)


def person(name: str, municipality: str | None, *roles: str) -> Person:
    return Person(
        id=PersonId(name.lower()),
        name=name,
        municipality=municipality,
        roles=frozenset({Role.ASKER, *roles}),
    )


LEAD = person("Lisa", "alstahaug", Role.LEAD)
TEAM = person("Tor", "alstahaug", Role.HOST_TEAM)
HOST_MANAGER = person("Marit", "alstahaug", Role.MANAGER)
HOST_ASKER = person("Anne", "alstahaug")
PARTNER = person("Kari", "heroy")
COLLEAGUE = person("Even", "heroy")
PARTNER_MANAGER = person("Hilde", "heroy", Role.MANAGER)
PARTNER_ADMIN = person("Arne", "heroy", Role.ADMIN)
STRANGER = person("Per", None, Role.MANAGER)


@pytest.fixture
def desk(database: Database) -> Database:
    """A desk where Herøy asked six times this month, Dønna once, and Leirfjord in February.

    Even asked the one of Herøy's that is not answered yet.
    """
    with database.transaction() as store:
        for minutes in (10, 20, 30, 40, 50):
            then = ((minutes, answered), (60 + minutes, resolved))
            Story(municipality="heroy", asker=PARTNER.id, then=then).is_stored(store)
        Story(municipality="heroy", asker=COLLEAGUE.id).is_stored(store)
        Story(municipality="donna", then=((5 * 60, answered),)).is_stored(store)
        february = datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC)  # a second before local midnight
        Story(municipality="leirfjord", asked_at=february).is_stored(store)
    return database


def sla(desk: Database, speaker: Person, text: str = "") -> Card:
    """Return the card that *speaker* gets for /sla and *text*, in a place of their own."""
    said = answer_to_sla(desk, speaker, text, at=WEDNESDAY, place=HOME)
    assert said.to == HOME
    return said.card


def facts(card: Card) -> dict[str, str]:
    blocks = [block for block in card.body if isinstance(block, Facts)]
    return {fact.name: fact.value for block in blocks for fact in block.facts}


def rows(card: Card, title: str) -> dict[str, tuple[str, ...]]:
    [table] = [block for block in card.body if isinstance(block, Table) and block.title == title]
    return {row[0]: row[1:] for row in table.rows}


@pytest.mark.parametrize("speaker", [LEAD, TEAM, HOST_MANAGER], ids=lambda who: who.name)
def test_the_host_sees_every_municipality_this_month(desk: Database, speaker: Person) -> None:
    card = sla(desk, speaker)
    assert card.title == "Svartider: alle kommuner, 1. mars 2026 – 4. mars 2026"
    assert rows(card, "Første svar, per kommune") == {
        "Alstahaug": ("0", "0", "0", "–", "0", "0", "–", "–"),
        "Herøy": ("6", "0", "5", "5 (83 %)", "1", "0", "30 min", "15 t 30 min"),
        "Dønna": ("1", "0", "1", "0 (0 %)", "0", "0", "–", "–"),
        "Leirfjord": ("0", "0", "0", "–", "0", "0", "–", "–"),
        "I alt": ("7", "0", "6", "5 (71 %)", "1", "0", "40 min", "15 t 30 min"),
    }


def test_the_card_says_how_many_were_answered_and_how_it_was_counted(desk: Database) -> None:
    card = sla(desk, LEAD)
    told = facts(card)
    assert told["Spurt"] == "7"
    assert told["Besvart i tide"] == "5 av 7 (71 %)"
    assert told["Ubesvart, fristen er ute"] == "1"
    assert told["Løst i tide"] == "5 av 5 (100 %)"
    assert "nærmeste rang" in card.plain()
    assert "færre enn 5" in card.plain()
    assert rows(card, "Løsning, etter hvem oppgaven er talt på")["Vertskommunen"][0] == "5"


@pytest.mark.parametrize("speaker", [PARTNER_MANAGER, PARTNER_ADMIN], ids=lambda who: who.name)
@pytest.mark.parametrize("text", ["", "mars", "herøy", "Herøy kommune i år"])
def test_a_partner_s_manager_sees_its_own_figures_alone(
    desk: Database, speaker: Person, text: str
) -> None:
    card = sla(desk, speaker, text)
    assert "Svartider: Herøy, " in card.title
    assert facts(card)["Spurt"] == "6"
    for other in ("Dønna", "Leirfjord", "Alstahaug"):
        assert other not in card.model_dump_json()


@pytest.mark.parametrize(
    ("speaker", "asked"),
    [(PARTNER, "5"), (COLLEAGUE, "1")],
    ids=["who asked five times", "who asked once"],
)
@pytest.mark.parametrize("text", ["", "mars", "herøy", "Herøy kommune i år"])
def test_who_asks_sees_the_figures_of_their_own_questions_alone(
    desk: Database, speaker: Person, asked: str, text: str
) -> None:
    card = sla(desk, speaker, text)
    assert card.title.startswith("Svartider: dine egne spørsmål, ")
    assert "Her telles bare det du selv har spurt om." in card.plain()
    assert facts(card)["Spurt"] == asked


def test_who_has_asked_nothing_is_told_so_even_in_the_host_municipality(desk: Database) -> None:
    card = sla(desk, HOST_ASKER)
    assert card.title.startswith("Svartider: dine egne spørsmål, ")
    assert "Ingen har spurt om noe i denne perioden." in card.plain()


@pytest.mark.parametrize("text", ["dønna", "DØNNA kommune", "donna 2026-03", "i år Dønna"])
@pytest.mark.parametrize(
    "speaker", [PARTNER, PARTNER_MANAGER, HOST_ASKER, PARTNER_ADMIN], ids=lambda who: who.name
)
def test_another_municipality_s_figures_are_refused(
    desk: Database, speaker: Person, text: str
) -> None:
    with pytest.raises(OthersFigures) as refused:
        sla(desk, speaker, text)
    assert "Dønna" in texts(Language.NB)(refused.value.key, **refused.value.values)


def test_somebody_without_a_municipality_sees_nothing(desk: Database) -> None:
    with pytest.raises(NoMunicipality):
        sla(desk, STRANGER)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("dønna", "1"),
        ("mars dønna", "1"),
        ("Leirfjord februar", "1"),
        ("siste 30 dager", "8"),
        ("2026-02", "1"),
        ("i år", "8"),
    ],
)
def test_the_lead_asks_for_a_period_or_a_municipality(
    desk: Database, text: str, asked: str
) -> None:
    assert facts(sla(desk, LEAD, text))["Spurt"] == asked


def test_a_period_in_which_nobody_asked_says_so(desk: Database) -> None:
    assert "Ingen har spurt om noe i denne perioden." in sla(desk, LEAD, "2025").plain()


@pytest.mark.parametrize(
    "text", ["snart", "mars april", "dønna herøy", "<!channel> *x*", "x" * 40_000]
)
def test_what_is_not_understood_is_answered_with_what_to_write(desk: Database, text: str) -> None:
    card = sla(desk, LEAD, text)
    assert card.title == "Jeg vet ikke hvilken periode eller kommune du mener"
    assert "siste 30 dager" in card.plain()
    assert [block.text for block in card.body if isinstance(block, Quote)] == [text[:200]]


@pytest.mark.parametrize("language", list(Language))
def test_everybody_reads_it_in_their_own_language(desk: Database, language: Language) -> None:
    speaker = Person(
        id=LEAD.id,
        name=LEAD.name,
        municipality=LEAD.municipality,
        roles=LEAD.roles,
        language=language,
    )
    say = texts(language)
    assert say("stats.everybody") in sla(desk, speaker).title
    assert say("stats.how_to_ask") in sla(desk, speaker, "?").plain()
    assert say.knows(OthersFigures.key)
    assert say.knows(NotAReader.key)
