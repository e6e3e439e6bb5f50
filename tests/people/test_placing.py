"""Who is behind an account nobody knows? The table says it; nobody is ever guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import Municipality, Who
from bot.domain.people import Language, Person, PersonId, Profile, Role
from bot.domain.placing import Known, Newcomer, Placing, Stranger, Why, is_address, place, tidy


def municipality(name: str, *domains: str) -> Municipality:
    contact = Who(f"contact-{name}")
    return Municipality(
        id=name, name=name, inhabitants=1880, joined=2009, contact=contact, domains=domains
    )


MEMBERS = (
    municipality("heroy", "heroy.example", "herøy.example"),
    municipality("donna", "Donna.Example"),
    municipality("leirfjord", "xn--lirfjord-b1a.example", "delt.example"),
    municipality("alstahaug", "alstahaug.example", "delt.example"),
    municipality("nowhere"),
)
KARI = Person(
    id=PersonId("kari"),
    name="Kari Nordnes",
    email="kari.nordnes@alstahaug.example",
    municipality="alstahaug",
    roles=frozenset({Role.HOST_TEAM}),
)


def placed(email: str, **more: bool) -> Placing:
    return place(Profile(name="Ola Vik", email=email, **more), None, MEMBERS)


@pytest.mark.parametrize(
    ("email", "home"),
    [
        ("ola@heroy.example", "heroy"),
        ("Ola.Vik@HEROY.Example", "heroy"),
        (" ola@heroy.example\n", "heroy"),
        ("ola@herøy.example", "heroy"),
        ("ola@HERØY.example", "heroy"),
        ("ola@xn--hery-ira.example", "heroy"),
        ("ola@XN--HERY-IRA.example", "heroy"),
        ("ola@donna.example", "donna"),
        ("ola@l\u00e9irfjord.example", "leirfjord"),  # é as one sign, and as e with an accent
        ("ola@le\u0301irfjord.example", "leirfjord"),
        ("ola+vertsdesk@heroy.example", "heroy"),
    ],
)
def test_a_municipalitys_own_domain_places_its_people(email: str, home: str) -> None:
    newcomer = placed(email)
    assert isinstance(newcomer, Newcomer)
    assert newcomer.municipality == home
    assert newcomer.email == tidy(email)


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("ola@evil-heroy.example", Why.UNKNOWN_DOMAIN),
        ("ola@heroy.example.evil.com", Why.UNKNOWN_DOMAIN),
        ("ola@sub.heroy.example", Why.UNKNOWN_DOMAIN),
        ("ola@heroy.example.", Why.NO_EMAIL),
        ("ola@heroy.exampl", Why.UNKNOWN_DOMAIN),
        ("ola@example", Why.NO_EMAIL),
        ("heroy.example@evil.com", Why.UNKNOWN_DOMAIN),
        ("ola@evil.com@heroy.example", Why.NO_EMAIL),
        ("ola@heroy.example@evil.com", Why.NO_EMAIL),
        ("<ola@evil.com>ola@heroy.example", Why.NO_EMAIL),
        ("ola@evil.com\x00@heroy.example", Why.NO_EMAIL),
        ("ola vik@heroy.example", Why.NO_EMAIL),
        ("ola@h\u0435roy.example", Why.UNKNOWN_DOMAIN),  # a Cyrillic letter
        ("ola@heroy\u3002example", Why.NO_EMAIL),  # a dot that is no dot
        ("ola@xn--heroy-.example", Why.UNKNOWN_DOMAIN),  # Punycode of what needs none
        ("ola@xn--99999999.example", Why.UNKNOWN_DOMAIN),  # no Punycode at all
        ("@heroy.example", Why.NO_EMAIL),
        ("heroy.example", Why.NO_EMAIL),
        ("", Why.NO_EMAIL),
        ("   ", Why.NO_EMAIL),
        ("ola@delt.example", Why.SHARED_DOMAIN),
    ],
)
def test_whoever_cannot_be_placed_stays_a_stranger(email: str, why: Why) -> None:
    assert placed(email) == Stranger(why)


def test_the_directory_knows_more_than_a_domain() -> None:
    profile = Profile(name="Kari", email="KARI.nordnes@alstahaug.example")
    assert place(profile, KARI, MEMBERS) == Known(KARI.id)


def test_someone_the_directory_knows_may_have_an_address_from_anywhere() -> None:
    assert place(Profile(name="Kari", email="kari@consultant.example"), KARI, ()) == Known(KARI.id)


@pytest.mark.parametrize("same_email", [None, KARI])
def test_guests_and_bots_are_never_placed(same_email: Person | None) -> None:
    email = "kari.nordnes@alstahaug.example"
    guest = Profile(name="Kari", email=email, is_guest=True)
    bot = Profile(name="Kari", email=email, is_bot=True, is_guest=True)
    assert place(guest, same_email, MEMBERS) == Stranger(Why.GUEST)
    assert place(bot, same_email, MEMBERS) == Stranger(Why.BOT)


def test_nobody_without_an_address_is_taken_for_somebody_in_the_directory() -> None:
    assert place(Profile(name="Kari"), KARI, MEMBERS) == Stranger(Why.NO_EMAIL)


def test_a_newcomer_has_the_platforms_name_and_language() -> None:
    profile = Profile(name=" Ola Vik ", email="ola@heroy.example", language=Language.NN)
    assert place(profile, None, MEMBERS) == Newcomer(
        name="Ola Vik", email="ola@heroy.example", municipality="heroy", language=Language.NN
    )


def test_a_newcomer_without_a_name_is_called_by_the_address() -> None:
    newcomer = place(Profile(name=" ", email="ola@heroy.example"), None, MEMBERS)
    assert isinstance(newcomer, Newcomer)
    assert newcomer.name == "ola@heroy.example"


LABEL = st.text("abcdefghijklmnopqrstuvwxyzæøå0123456789-.@", max_size=12)


@given(before=LABEL, after=LABEL)
def test_only_the_domain_itself_places_and_nothing_that_contains_it(
    before: str, after: str
) -> None:
    found = placed(f"ola@{before}heroy.example{after}")
    assert isinstance(found, Newcomer) == (before == after == "")


@given(st.text(), st.text())
def test_whatever_a_platform_sends_is_placed_or_is_a_stranger(name: str, domain: str) -> None:
    found = placed(f"{name}@{domain}")
    own = {"heroy.example", "herøy.example", "donna.example", "léirfjord.example"}
    own |= {"alstahaug.example"}
    if isinstance(found, Newcomer):
        assert found.email.rpartition("@")[2] in own


@given(st.text() | st.from_regex(r"[a-z]{1,5}@xn--[a-z0-9-]{1,12}\.example", fullmatch=True))
def test_tidying_twice_is_tidying_once(email: str) -> None:
    assert tidy(tidy(email)) == tidy(email)


@pytest.mark.parametrize("email", ["ola@heroy.example", "o-l.a+x@herøy.kommune.no", "å@b.co"])
def test_these_are_addresses(email: str) -> None:
    assert is_address(email)
