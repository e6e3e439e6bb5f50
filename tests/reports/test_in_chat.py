"""Somebody asks for the figures where pages can be reached: a picture of the months, and a link."""

import pytest

from bot.agreements.book import AgreementBook
from bot.cards.blocks import Card, Link, Picture
from bot.domain.people import Language, Person, PersonId, Place, Platform, Role
from bot.render.adaptive_card import adaptive_card
from bot.render.block_kit import block_kit
from bot.reports.pictures import Drawing
from storage.database import Database
from storage.pictures import HELD
from tests.reports.office import LATER
from tests.sla_command import answer_to_sla
from tests.slack_limits import wrong_with_message
from tests.stories import AGREEMENT
from tests.teams.card_rules import wrong_with

DESK = "https://desk.example"
LEAD = Person(
    id=PersonId("lisa"), name="Lisa", municipality="alstahaug", roles=frozenset({Role.LEAD})
)
ASKER = Person(id=PersonId("nils"), name="Nils", municipality="donna")


def sla(
    desk: Database,
    speaker: Person,
    text: str,
    *,
    on: Platform = Platform.SLACK,
    address: str | None = DESK,
) -> Card:
    place = Place(on, "D-own")
    return answer_to_sla(desk, speaker, text, at=LATER, place=place, address=address).card


def of(card: Card, kind: type) -> list:
    return [block for block in card.body if isinstance(block, kind)]


def test_the_card_has_a_picture_with_words_and_a_link_to_the_same_figures(desk: Database) -> None:
    card = sla(desk, LEAD, "Dønna 2026-03")
    [picture], [link] = of(card, Picture), of(card, Link)
    assert picture.address.startswith(f"{DESK}/pictures/")
    assert "mar 26 87 %" in picture.alt
    assert link.address == f"{DESK}/figures?from=2026-03-01&to=2026-03-31&municipality=donna"
    assert wrong_with_message(block_kit(card)) == []
    assert wrong_with(adaptive_card(card)) == []


@pytest.mark.parametrize(
    ("on", "pictures", "links"),
    [(Platform.WEB, 1, 1), (Platform.SLACK, 1, 0), (Platform.TEAMS, 0, 0)],
)
def test_without_a_public_address_slack_and_our_own_page_show_it(
    desk: Database, on: Platform, pictures: int, links: int
) -> None:
    card = sla(desk, LEAD, "2026-03", on=on, address=None)
    assert [len(of(card, kind)) for kind in (Picture, Link)] == [pictures, links]
    assert all(picture.address.startswith("/pictures/") for picture in of(card, Picture))


def test_the_picture_at_the_address_is_drawn_as_long_as_it_holds(desk: Database) -> None:
    [picture] = of(sla(desk, LEAD, "2026-03"), Picture)
    book = AgreementBook([AGREEMENT])
    drawn = Drawing(desk, book, lambda: LATER)(picture.address)
    assert drawn
    assert drawn.startswith(b"\x89PNG")
    assert Drawing(desk, book, lambda: LATER + HELD)(picture.address) is None
    for nowhere in ("", "/pictures/a.png", picture.address + "?x", f"{DESK}/pictures/../a.png"):
        assert Drawing(desk, book, lambda: LATER)(nowhere) is None


def test_who_may_not_open_the_page_is_sent_to_their_own_questions(desk: Database) -> None:
    card = sla(desk, ASKER, "2026-03")
    assert of(card, Picture) == []
    assert [link.address for link in of(card, Link)] == [f"{DESK}/mine"]


def test_the_key_in_an_address_is_kept_nowhere_and_ends(desk: Database) -> None:
    [picture] = of(sla(desk, LEAD, "2026-03"), Picture)
    key = picture.address.removeprefix(f"{DESK}/pictures/").removesuffix(".png")
    assert len(key) > 40
    with desk.reading() as store:
        shown = store.pictures.of(key, LATER)
        assert shown
        assert (shown.municipality, shown.language) == (None, Language.NB)
        assert store.pictures.of(key, LATER + HELD) is None
        assert store.pictures.of(key[:-1], LATER) is None
        assert store.pictures.of("", LATER) is None
