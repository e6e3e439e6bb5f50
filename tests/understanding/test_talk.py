"""What kind of message somebody sent."""

import pytest

from bot.domain.understanding import Talk, Understanding
from bot.understanding import learn
from tests.understanding.measure import HALD, TASKS

UNDERSTAND = learn(HALD, TASKS)

THANKS = (
    "takk",
    "Takk!",
    "tusen takk for hjelpa!",
    "supert, takk",
    "Takk for hjelpen, ha en fin helg! 😊",
    "Takk på førehand",
    "Hei, takk for svar 🙏",
    "thanks",
    "Thank you so much!",
    "👍",
    "👍🏽",
    ":+1:",
    ":+1::skin-tone-3:",
    "<@U123> takk",
    "ok",
)
GREETING = ("hei", "Hei!", "God morgen", "heisann alle sammen", "hallo? noen der?", "hei 👋", "hi")
EMPTY = (
    "",
    "   \n\t ",
    "🙂",
    "🎂🎉",
    "👨‍👩‍👧",
    "1️⃣",
    ":tada: :wave:",
    "<!channel>",
    "<@U123> <!here>",
    "<at>Vertsdesk</at>&nbsp;".replace("&nbsp;", "\xa0"),
    "<p><br></p>",
    "<#C123|general>",
    "\x00\x07\x1b",
    "\u200b\u200e\u202e\ufeff",
    "...",
    "?!",
    "*_~",
    "\ud800",
)
QUESTION = (
    "Takk, men hva med momsen?",
    "takk, det virker ikke",
    "ja takk",
    "takk?",
    "er det greit",
    "nei",
    "Hei, har dere betalt regninga?",
    "God morgen. Dødsbo uten midler, hvem avskriver?",
    "mva",
    "👍 men når betales den",
    "<https://example.example/faktura|fakturaen> er feil",
    "takk " * 300 + "og når kommer årsregnskapet",
    "prisen er < 50 000 og > 30 000",
    "12345",
    "مرحبا، متى تُدفع الفاتورة؟",
    "\u202eadgnir ellits\u202c",
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind, texts in (
        (Talk.THANKS, THANKS),
        (Talk.GREETING, GREETING),
        (Talk.EMPTY, EMPTY),
        (Talk.QUESTION, QUESTION),
    ) for text in texts],
    ids=ascii,
)  # fmt: skip
def test_a_message_is_taken_for_what_it_is(kind: Talk, text: str) -> None:
    assert UNDERSTAND(text).talk is kind


@pytest.mark.parametrize("text", [*THANKS, *GREETING, *EMPTY], ids=ascii)
def test_small_talk_is_about_no_task(text: str) -> None:
    understanding = UNDERSTAND(text)
    assert understanding == Understanding(talk=understanding.talk)


def test_a_question_behind_a_page_of_nothing_is_still_found() -> None:
    understanding = UNDERSTAND("\u200b" * 40_000 + "<!channel> " * 1_000 + "mva på billetter?")
    assert understanding.talk is Talk.QUESTION
    assert understanding.guesses[0].task == "vat"
