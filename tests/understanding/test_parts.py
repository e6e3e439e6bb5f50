"""Whether one thing is asked or two, and which words ask for the second."""

import csv
from functools import cache
from pathlib import Path

import pytest

from bot.domain.understanding import Understanding
from bot.understanding import learn
from bot.understanding.scores import Scored
from tests.understanding.measure import HALD, TASKS, unseen

LABELS = Path(__file__).parent / "labels.csv"

TWO = (
    (
        "Når går purringene for juni ut? Og hvordan søker vi om mva-kompensasjon for gymsalen?",
        "vat",
    ),
    (
        "Kan dere opprette en ny bruker til Kari? Hun trenger også pc og telefon.",
        "it-support",
    ),
    (
        "Hvem avskriver kravet mot dødsboet? Og hva er renta på lånet i Kommunalbanken?",
        "bank-and-loans",
    ),
    (
        "Kor tid kjem rundskrivet om årsavslutninga? Forresten, kan de betale faktura 4471 i dag?",
        "payments",
    ),
    ("Ka e fristen førr momskomp? Å så må vi ha nytt prosjektnummer te kaia.", "dimensions-codes"),
    (
        "To ting: Får vi rapporten for mai før møtet? Hvem snakker med Intrum om salærene?",
        "debt-collection",
    ),
    (
        "Hei! Kan dere sende ny faktura til Olsen? Og hva er renta på lånet i Kommunalbanken?",
        "bank-and-loans",
    ),
    ("1) Hvem fører bilag 10417 om? 2) Når kommer finansrapporten?", "finance-report"),
    ("Hvem fører bilag 10417 om?\n\nOg når kommer finansrapporten?", "finance-report"),
    (
        "Eg treng tilgang til rekneskapssystemet. I tillegg lurer eg på når prognosen skal inn.",
        "budget-follow-up",
    ),
    (
        "Hvordan lager vi en budsjettendring? Og kan noen møte i kontrollutvalget 7. mai?",
        "control-committee",
    ),
    (
        "Når kjøres utbetalingene, og så lurer jeg på hvem som har gebyrregulativet?",
        "rates-registers",
    ),
)
ONE = (
    "Hvordan fører vi momskomp på gymsalen? Og hva med varmtvannet i dusjene der?",
    "Vi har fått purring på en faktura vi aldri har sett. Hvem spør jeg?",
    "Når må årsbudsjettet være klart? Vi i skolen sliter med tallene. Kan noen hjelpe?",
    "Ny ansatt på lageret. Hun trenger tilgang til bestillinger. Når kan hun få det?",
    "Hei! Beklager maset. Har dere sett på kravet mot båtforeningen?",
    "Kan dere rette ansvar på bilag 10417? Det skal være 2210, ikke 2310.",
    "Takk for sist! Kan du sende presentasjonen?",
    "Lånet forfaller i august. Skal vi binde renta, og hvem bestemmer det?",
    "I cannot log in. Who can help me? It says my password is wrong.",
    "Korleis søkjer vi skjønsmidlar? Kven skriv søknaden?",
    "Momsen på fakturaen er feil. Leverandøren nekter. Hva gjør vi?",
    "Kan dere betale ut? Takk for hjelpen!",
    "Når må mva-kompensasjonen være sendt?",
    "mva",
    "",
)


@cache
def understand(text: str) -> Understanding:
    return _reader()(text)


@cache
def _reader():
    return learn(HALD, TASKS)


@pytest.mark.parametrize(("text", "task"), TWO)
def test_two_questions_are_noticed_and_the_second_is_known(text: str, task: str) -> None:
    understanding = understand(text)
    assert understanding.second
    assert understanding.second.guesses[0].task == task
    assert understanding.guesses[0].task != task


def test_the_second_has_its_own_words_alone() -> None:
    text, _ = TWO[0]
    second = understand(text).second
    assert second
    assert second.text == "Og hvordan søker vi om mva-kompensasjon for gymsalen?"


def test_the_first_question_is_read_by_itself_and_so_more_surely() -> None:
    first, (both, _) = "Når går purringene for juni ut?", TWO[0]
    assert understand(both).guesses == understand(first).guesses


def test_of_two_questions_in_one_message_each_is_understood_by_itself() -> None:
    asked = [one.example for one in unseen() if _asks_one_thing(one)][:120]
    pairs = [
        (one, other)
        for one, other in zip(asked[::2], asked[1::2], strict=True)
        if one.task != other.task
    ]
    read = [understand(f"{one.text} En ting til: {other.text}") for one, other in pairs]
    found = [
        (each.guesses[0].task == one.task, each.second.guesses[0].task == other.task)
        for each, (one, other) in zip(read, pairs, strict=True)
        if each.second
    ]
    assert len(found) >= 0.7 * len(pairs)
    assert sum(map(all, found)) >= 0.95 * len(found)


def _asks_one_thing(one: Scored) -> bool:
    return "?" in one.example.text and len(one.example.text) < 160 and not one.understanding.second


@pytest.mark.parametrize("text", ONE, ids=ascii)
def test_one_question_is_not_torn_apart(text: str) -> None:
    assert understand(text).second is None


def test_of_the_labelled_questions_most_double_ones_are_noticed_and_hardly_a_single_one() -> None:
    with LABELS.open(encoding="utf-8", newline="") as file:
        kinds = {row["id"]: row["kind"] for row in csv.DictReader(file)}
    noticed = {
        one.example.id for one in unseen() if one.understanding.second and one.example.id in kinds
    }
    double = {id_ for id_, kind in kinds.items() if kind == "two-questions"}
    assert len(double) == 12
    assert len(noticed & double) >= 10
    assert len(noticed - double) <= 2


def test_a_long_story_is_not_read_over_and_over() -> None:
    assert understand("Og hvem betaler dette? " * 2_000).second is None
