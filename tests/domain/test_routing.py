"""Routing as a rule: chains, loops and gaps of deputies, and what is remembered of the search."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.agreements import HALD, read_agreement
from bot.domain.agreement import ContactRule, Who
from bot.domain.events import Reached
from bot.domain.people import Absence, Person, PersonId
from bot.domain.routing import own_contact, route

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
HALD_AGREEMENT = read_agreement(HALD)


def person(
    name: str, *roles: str, away: bool = False, deputy: str | None = None, of: str = "alstahaug"
) -> Person:
    absence = Absence(NOW, TOMORROW, PersonId(deputy) if deputy else None)
    return Person(
        id=PersonId(name),
        name=name,
        email=f"{name}@{of}.example",
        municipality=of,
        roles=frozenset({"host-team", *roles}) if of == "alstahaug" else frozenset(roles),
        absences=(absence,) if away else (),
    )


def directory(*people: Person) -> dict[PersonId, Person]:
    return {each.id: each for each in people}


def test_a_chain_of_deputies_is_followed_to_its_end() -> None:
    people = directory(
        person("a", "contact-heroy", away=True, deputy="b"),
        person("b", away=True, deputy="c"),
        person("c"),
    )
    found = route(HALD_AGREEMENT, None, "heroy", people, load={}, now=NOW)
    assert (found.to, found.reached) == ("c", Reached.DEPUTY)
    assert [skipped.who for skipped in found.skipped] == ["a", "b"]
    assert {skipped.until for skipped in found.skipped} == {TOMORROW}


def test_a_loop_of_deputies_ends_and_the_search_goes_on() -> None:
    people = directory(
        person("a", "contact-heroy", away=True, deputy="b"),
        person("b", away=True, deputy="a"),
        person("c", "lead"),
    )
    found = route(HALD_AGREEMENT, None, "heroy", people, load={}, now=NOW)
    assert (found.to, found.reached) == ("c", Reached.LEAD)


def test_an_empty_directory_reaches_nobody_and_says_which_roles_were_missing() -> None:
    found = route(HALD_AGREEMENT, "vat", "heroy", {}, load={}, now=NOW)
    assert (found.to, found.reached) == (None, Reached.NOBODY)
    assert [skipped.who for skipped in found.skipped][:2] == ["specialist-vat", "contact-heroy"]


def test_a_partners_own_people_never_get_the_hosts_tickets() -> None:
    people = directory(person("o", "contact-heroy", "asker", of="heroy"))
    assert route(HALD_AGREEMENT, "vat", "heroy", people, load={}, now=NOW).to is None


def test_an_absent_contact_of_one_partner_is_not_replaced_from_another() -> None:
    people = directory(
        person("tove", "own-contact", away=True, deputy="nora", of="heroy"),
        person("nora", "own-contact", of="donna"),
    )
    assert own_contact(HALD_AGREEMENT, "invoicing", "heroy", people, NOW) is None


def test_an_email_names_one_person() -> None:
    member = replace(HALD_AGREEMENT.municipalities["heroy"], contact=Who("B@alstahaug.example"))
    members = {**HALD_AGREEMENT.municipalities, "heroy": member}
    agreement = replace(HALD_AGREEMENT, municipalities=members)
    found = route(agreement, None, "heroy", directory(person("a"), person("b")), load={}, now=NOW)
    assert (found.to, found.reached) == ("b", Reached.CONTACT)


def test_the_narrower_rule_wins() -> None:
    rules = (
        ContactRule(who=Who("everybody"), tasks=frozenset({"vat"})),
        ContactRule(who=Who("just-heroy"), tasks=frozenset({"vat"}), municipality="heroy"),
    )
    agreement = replace(HALD_AGREEMENT, contact_rules=rules)
    people = directory(person("a", "everybody"), person("b", "just-heroy"))
    assert route(agreement, "vat", "heroy", people, load={}, now=NOW).to == "b"
    assert route(agreement, "vat", "donna", people, load={}, now=NOW).to == "a"


ROLES = ["contact-heroy", "contact-donna", "contact-leirfjord", "specialist-vat", "lead"]
NAMES = [f"p{number}" for number in range(6)]
TEAMS = st.lists(
    st.builds(
        person,
        st.sampled_from(NAMES),
        st.sampled_from(ROLES),
        away=st.booleans(),
        deputy=st.none() | st.sampled_from(NAMES),
    ),
    unique_by=lambda each: each.id,
    max_size=6,
)


TASKS = st.sampled_from([None, *HALD_AGREEMENT.tasks])
LOADS = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 9))


@given(TEAMS, TASKS, LOADS)
def test_whoever_gets_it_is_here_and_nobody_is_passed_by_without_cause(team, task, load) -> None:
    people = directory(*team)
    found = route(HALD_AGREEMENT, task, "heroy", people, load=load, now=NOW)

    assert found.to is None or people[found.to].absence_at(NOW) is None
    passed_by = [people[skipped.who] for skipped in found.skipped if skipped.who in people]
    assert all(each.absence_at(NOW) for each in passed_by)
    assert len({skipped.who for skipped in found.skipped}) == len(found.skipped)
    here = [each for each in team if not each.absence_at(NOW)]
    if any("contact-heroy" in each.roles or "lead" in each.roles for each in here):
        assert found.to is not None
