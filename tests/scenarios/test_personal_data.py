"""Nobody's identity number, account or card gets further than the door, whatever way it comes."""

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.conversation import Said
from bot.domain.files import SharedFile
from bot.domain.people import Language, Place
from bot.privacy import MASK
from storage.models import Row
from tests.helpdesk import TEAM, VAT, Helpdesk

FNR = "01019012480"
AS_TYPED = "010190 12480"
ACCOUNT = "1234.56.78903"
CARD = "4111 1111 1111 1111"
ASKED = f"Når betaler dere ut til {AS_TYPED}, konto {ACCOUNT}? Kortet {CARD} virker ikke."
TITLE = "Jeg har skjult personopplysninger i det som ble skrevet"


def everything_kept(desk: Helpdesk) -> str:
    """Return every row of every table as one text."""
    with desk.desk.database.reading() as store:
        session = store.tickets._session
        rows = [
            str(tuple(row))
            for table in Row.metadata.sorted_tables
            for row in session.execute(select(table))
        ]
    return "\n".join(rows)


def no_number_is_kept(desk: Helpdesk, logs: list[dict[str, object]] = ()) -> None:
    """Fail when a number stands in a table, in the log, or on any card that anybody has."""
    cards = [
        card for chat in desk.chats.values() for of in chat.cards.values() for card in of.values()
    ]
    shown = [show.card for show in desk.shown.values()]
    seen = "\n".join(card.model_dump_json() for card in (*cards, *shown))
    for place in (everything_kept(desk), seen, str(logs)):
        for number in (FNR, AS_TYPED, ACCOUNT, CARD, FNR[6:], "78903", "1111 1111"):
            assert number not in place


@pytest.fixture
def opened(helpdesk: Helpdesk) -> Helpdesk:
    return helpdesk.opens()


def test_an_asker_is_told_what_was_masked_and_what_to_do_instead(opened: Helpdesk) -> None:
    with capture_logs() as logs:
        opened.asks("Ola", ASKED)

    assert opened.ticket().question == (
        f"Når betaler dere ut til {MASK}, konto {MASK}? Kortet {MASK} virker ikke."
    )
    warning = next(card for card in opened.cards_heard("Ola") if card.title == TITLE)
    assert "fødselsnummer eller D-nummer, kontonummer, kortnummer" in warning.plain()
    assert "kundenummer, fakturanummer eller saksnummer" in warning.plain()
    assert warning.buttons() == ()
    no_number_is_kept(opened, logs)
    opened.forgets()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.NN, "Eg har skjult personopplysningar i det som vart skrive"),
        (Language.EN, "I have hidden personal data in what was written"),
    ],
)
def test_the_warning_is_in_the_askers_own_language(
    opened: Helpdesk, language: Language, words: str
) -> None:
    opened.has("Anna", of="heroy", language=language)
    opened.asks("Anna", f"Kva gjer vi med fnr {FNR}?")

    assert words in opened.hears("Anna")
    opened.forgets()


def test_one_who_writes_no_number_is_told_nothing(opened: Helpdesk) -> None:
    opened.asks("Ola", f"{VAT} Ring 99 99 99 99, org.nr 912 345 678, KID 0088213000017")

    assert TITLE not in opened.hears("Ola")
    assert "0088213000017" in opened.ticket().question
    opened.forgets()


def test_a_command_and_a_form_are_masked(opened: Helpdesk) -> None:
    opened.commands("Ola", "spor", f"Hvem kan rette fnr {FNR} i reskontro?")
    assert TITLE in opened.hears("Ola")
    opened.commands("Ola", "spor")
    opened.fills_in("Ola", text=f"Når betales det til {ACCOUNT}?")
    assert TITLE in opened.hears("Ola")

    no_number_is_kept(opened)
    opened.forgets()


def test_replies_and_corrections_are_masked_on_their_way_to_the_team(asked: Helpdesk) -> None:
    message = asked.replies("Ola", f"Det gjelder {FNR}")
    assert asked.reads(TEAM) == [f"Ola i Herøy skrev – Det gjelder {MASK}"]
    asked.edits("Ola", message, f"Det gjelder {FNR}, konto {ACCOUNT}")

    assert asked.reads(TEAM) == [
        f"Ola i Herøy rettet en melding – Det gjelder {MASK}, konto {MASK}"
    ]
    assert asked.hears("Ola").count(TITLE) == 2
    no_number_is_kept(asked)
    asked.forgets()


def test_one_who_takes_the_number_out_is_not_warned_again(asked: Helpdesk) -> None:
    message = asked.replies("Ola", f"Det gjelder {FNR}")
    asked.forgets()
    asked.edits("Ola", message, "Det gjelder han vi snakket om")

    assert TITLE not in asked.hears("Ola")
    asked.forgets()


def test_what_the_team_writes_is_masked_too_and_the_team_is_warned(asked: Helpdesk) -> None:
    asked.answers("Kari", f"Betal til {ACCOUNT}")
    assert TITLE in asked.hears("Kari")
    assert f"Kari svarer – Betal til {MASK}" in asked.reads("Ola")

    asked.replies("Kari", f"Fnr er {FNR}", below="contact")
    assert TITLE in asked.hears("Kari")
    assert f"Kari noterte – Fnr er {MASK}" in asked.reads(TEAM)
    no_number_is_kept(asked)
    asked.forgets()


def test_a_question_on_the_phone_is_masked(opened: Helpdesk) -> None:
    opened.commands("Kari", "telefon")
    opened.fills_in(
        "Kari",
        who="Ola",
        when="2026-03-02 08:30",
        text=f"Kan dere betale ut til {AS_TYPED}?",
        answer=f"Ja, til {ACCOUNT}",
    )

    assert TITLE in opened.hears("Kari")
    no_number_is_kept(opened)
    opened.forgets()


def test_a_marked_message_is_masked_and_its_author_is_warned(opened: Helpdesk) -> None:
    opened.has("Siri", of="heroy")
    opened.marks("Ola", "Siri", f"Når betales det ut til {FNR}?")

    assert TITLE in opened.hears("Ola")
    assert TITLE in opened.hears("Siri")
    no_number_is_kept(opened)
    opened.forgets()


def test_an_urgent_reason_and_a_third_party_are_masked(asked: Helpdesk) -> None:
    asked.presses("Kari", "ticket.third_party", on=TEAM)
    asked.fills_in("Kari", text=f"banken til {FNR}")

    assert TITLE in asked.hears("Kari")
    assert f"Saken venter på banken til {MASK}" in asked.hears("Ola")
    no_number_is_kept(asked)
    asked.forgets()


def test_the_name_of_a_file_is_masked(opened: Helpdesk) -> None:
    opened.happens(
        Said(
            key="with-a-file",
            account=opened.account("Ola"),
            at=opened.now,
            place=Place(opened.homes["Ola"], "Ola", "with-a-file"),
            message="with-a-file",
            text=VAT,
            to_us=True,
            is_direct=True,
            files=(SharedFile(name=f"{FNR}.pdf", source="f1"),),
        )
    )

    assert TITLE in opened.hears("Ola")
    no_number_is_kept(opened)
    opened.forgets()


def test_only_the_writer_reads_the_warning_where_others_read_too(asked: Helpdesk) -> None:
    asked.chats[asked.homes["Ola"]].channels.add("C-all")
    asked.says("Ola", f"Når betales det ut til {FNR}?", channel="C-all")

    assert TITLE in asked.hears("Ola")
    assert TITLE not in [card.title for card in asked.chat_of("Ola").cards["C-all"].values()]
    asked.forgets()


def test_nobody_is_warned_of_talk_that_is_none_of_ours(asked: Helpdesk) -> None:
    asked.says("Ola", f"Fnr er {FNR}", channel="C-all", to_us=False)

    assert asked.hears("Ola") == []
    no_number_is_kept(asked)


def test_a_number_and_nothing_else_opens_no_ticket(opened: Helpdesk) -> None:
    opened.says("Ola", FNR)

    assert opened.tickets() == []
    assert TITLE in opened.hears("Ola")
    no_number_is_kept(opened)
