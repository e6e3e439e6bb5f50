"""Small talk in bokmål, nynorsk, dialect and English opens no ticket; a question with it does."""

import pytest

from bot.domain.understanding import Talk
from bot.understanding.talk import kind_of

THANKS = (
    "Tusen takk for hjelpa, det ordna seg!",
    "Takk skal du ha",
    "takk ska du ha",
    "Takk for raskt svar 👍",
    "Mange takk, ha ei god helg",
    "Supert! Takk for hjelpen",
    "kjempeflott, takk",
    "Hjertelig takk",
    "Takkar!",
    "ok takk",
    "knallbra",
    "notert, takk",
    "greit",
    "Thanks a lot!",
    "thank you so much for your help",
    "thx",
    "Perfect, thanks",
    "❤️",
    "🙏🙏",
    "takk takk takk",
    "Takk til alle sammen",
)
GREETING = (
    "Hei",
    "heihei",
    "Hei hei alle sammen!",
    "Hallo?",
    "hallo? noen der?",
    "Hallo, er det noen her?",
    "e det nån der?",
    "Er det nokon der?",
    "e dokker der?",
    "God morgen!",
    "Godkveld",
    "morn morn",
    "Mårn",
    "God dag alle",
    "hei, hvordan går det?",
    "Heisann, korleis går det?",
    "hallais, alt bra?",
    "test",
    "test test",
    "Test, test – en to tre",
    "bare tester",
    "Dette er en test",
    "virker dette?",
    "Er du en robot?",
    "hvem er du?",
    "Hva kan du?",
    "Hi there!",
    "Hello, anyone there?",
    "how are you?",
    "just testing",
    "God helg!",
    "God jul og godt nyttår",
    "hei 👋😀",
    "Hei på dere",
    "<@U123> hei",
)
NOTHING = (
    "Snakkes!",
    "ha det bra",
    "haha",
    "😂😂",
    "Gratulerer med dagen! 🎂",
    "Gratulerer så mye",
    "oi, feil kanal",
    "beklager, feil chat",
    "glem det",
    "never mind",
    "lykke til!",
    "vi snakkast",
    "hmm",
    "…",
    "🎉",
    ":wave:",
)
QUESTION = (
    "Hei, når går purringene ut?",
    "God morgen! Kan dere betale faktura 4471?",
    "Hei! Takk for sist. Har dere sett på momsen?",
    "Takk, men det stemmer ikke",
    "Takk for hjelpen, men hvem fører bilaget?",
    "tusen takk, og når kommer rapporten",
    "hallo, e det nån som kan momskomp?",
    "Er det noen der som kan budsjett?",
    "Hei, vi har fått purring",
    "test av remitteringsfil feiler",
    "virker ikke",
    "Virker dette for alle? Får ikke logget inn",
    "hvem er du som har purret oss?",
    "hjelp",
    "Hjelp!!",
    "hei, hjelp med faktura",
    "mva?",
    "lønn",
    "god morgen, systemet er nede",
    "beklager maset, men faktura 88213",
    "feil konto",
    "glem det jeg skrev, det gjelder lån",
    "Hvordan går det med saken vår?",
    "how is it going with the invoice",
    "ja",
    "nei",
    "ja takk",
    "ok?",
    "takk?",
    "Gratulere me dagen!! 🎂 Kakefest klokka to",
    "Kan du hjelpe meg?",
    "har du tid",
    "ring meg",
    "👍 men når betales den",
    "Bra jobba med budsjettet, hvem har laget tabellene?",
)


@pytest.mark.parametrize("text", THANKS, ids=ascii)
def test_thanks_are_thanks(text: str) -> None:
    assert kind_of(text) is Talk.THANKS


@pytest.mark.parametrize("text", GREETING, ids=ascii)
def test_a_greeting_asks_nothing(text: str) -> None:
    assert kind_of(text) is Talk.GREETING


@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_what_is_said_to_nobody_asks_nothing(text: str) -> None:
    assert kind_of(text) is Talk.EMPTY


@pytest.mark.parametrize("text", QUESTION, ids=ascii)
def test_a_question_is_heard_through_the_small_talk(text: str) -> None:
    assert kind_of(text) is Talk.QUESTION
