"""The checkup: each thing that is missing is found, with what to do, and nothing else is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bot
from bot.agreements import HALD, read_agreement
from bot.checkup import Finding, Level
from bot.checkup.chats import Chats, check_chats
from bot.checkup.cover import check_cover
from bot.checkup.members import check_members
from bot.checkup.orders import check_approvers
from bot.checkup.roles import check_accounts, check_roles
from bot.directory import read_people
from bot.directory.changes import changes
from bot.domain.agreement import Agreement, Municipality, Who
from bot.domain.people import Absence, Account, Person, PersonId, Platform
from bot.orders import read_orders

AGREEMENT = read_agreement(HALD)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHATS = Chats(
    slack_bot_token="xoxb-0123456789-abcdef",
    slack_signing_secret="0123456789abcdef" * 2,
    team_channel="C0123456789",
)
TENANT = "01234567-89ab-cdef-0123-456789abcdef"


def people_of_the_demo() -> tuple[Person, ...]:
    """Those of the demo's file, each with their first name as id."""
    found, _ = read_people(Path(bot.__file__).parent / "demo" / "people.csv", AGREEMENT)
    planned, _ = changes(found, (), {}, lambda: PersonId("-"))
    people = [change.after for change in planned]
    return tuple(replace(who, id=PersonId(who.name.split()[0].lower())) for who in people)


PEOPLE = people_of_the_demo()


def told(findings: Iterable[Finding], level: Level) -> list[str]:
    return [f"{one.about}: {one.says}" for one in findings if one.level is level]


def errors(findings: Iterable[Finding]) -> list[str]:
    return told(findings, Level.ERROR)


def warnings(findings: Iterable[Finding]) -> list[str]:
    return told(findings, Level.WARNING)


def without(*names: str) -> tuple[Person, ...]:
    return tuple(person for person in PEOPLE if person.id not in names)


def away(*names: str) -> tuple[Person, ...]:
    today = (Absence(NOW - timedelta(hours=1), NOW + timedelta(hours=1)),)
    return tuple(replace(p, absences=today) if p.id in names else p for p in PEOPLE)


def with_member(**changed: object) -> Agreement:
    """The agreement, with another Dønna in it."""
    donna: Municipality = replace(AGREEMENT.municipalities["donna"], **changed)
    return replace(AGREEMENT, municipalities={**AGREEMENT.municipalities, "donna": donna})


def test_tokens_that_look_right_are_well() -> None:
    both = replace(CHATS, slack_app_token="xapp-1-A0123-456-abcdef")
    assert {finding.level for finding in check_chats(CHATS)} == {Level.OK}
    assert {finding.level for finding in check_chats(both)} == {Level.OK}


def test_no_chat_at_all_is_said_once() -> None:
    [one] = check_chats(Chats())
    assert one.level is Level.WARNING
    assert "neither Slack nor Teams" in one.says


@pytest.mark.parametrize(
    ("changed", "about", "mend"),
    [
        ({"slack_bot_token": "xoxp-0123456789"}, "Slack's bot token", "begins with xoxb-"),
        ({"slack_bot_token": " xoxb-0123456789-abc"}, "Slack's bot token", "begins with xoxb-"),
        ({"slack_bot_token": None}, "Slack", "Set VERTSDESK_SLACK_BOT_TOKEN"),
        ({"slack_app_token": "xoxb-0123456789"}, "Slack's app token", "begins with xapp-"),
        ({"slack_signing_secret": "ABC"}, "Slack's signing secret", "32 signs, 0-9 a-f"),
        ({"slack_signing_secret": None}, "Slack", "VERTSDESK_SLACK_APP_TOKEN (Socket Mode)"),
        ({"team_channel": None}, "team channel", "set VERTSDESK_TEAM_CHANNEL to its id"),
        ({"team_channel": "#finance"}, "team channel", "such as C0123456789, and not to its name"),
        ({"teams_tenant_id": TENANT}, "Teams", "VERTSDESK_TEAMS_CLIENT_ID and VERTSDESK_TEAMS_CL"),
    ],
)
def test_a_token_that_is_missing_or_wrong_is_named_with_its_variable(
    changed: dict[str, str | None], about: str, mend: str
) -> None:
    [wrong] = [one for one in check_chats(replace(CHATS, **changed)) if one.level is Level.ERROR]
    assert wrong.about == about
    assert mend in wrong.mend


def test_no_finding_shows_a_token() -> None:
    chats = Chats(
        slack_bot_token="secret-one",
        slack_app_token="secret-two",
        slack_signing_secret="secret-three",
        teams_client_id="secret-four",
        teams_client_secret="secret-five",
    )
    shown = " ".join(f"{one.about} {one.says} {one.mend}" for one in check_chats(chats))
    assert "VERTSDESK_SLACK_BOT_TOKEN" in shown
    assert "secret-" not in shown


def test_half_of_teams_is_not_teams() -> None:
    whole = Chats(teams_client_id=TENANT, teams_client_secret="s", teams_tenant_id=TENANT)
    assert errors(check_chats(whole)) == []
    assert errors(check_chats(replace(whole, teams_tenant_id=f"{TENANT}, {TENANT}"))) == []
    assert errors(check_chats(replace(whole, teams_tenant_id="herøy"))) == [
        "Teams: VERTSDESK_TEAMS_TENANT_ID: it is set to something that cannot be right"
    ]


def test_the_domains_that_came_with_the_agreement_are_noticed() -> None:
    found = warnings(check_members(AGREEMENT))
    assert len(found) == 4
    assert found[1] == (
        "members: Herøy: heroy.example is only an example, so nobody new is placed here"
    )


def test_a_members_own_domain_is_well_and_none_is_not() -> None:
    own = told(check_members(with_member(domains=("donna.kommune.no",))), Level.OK)
    assert own == ["members: Dønna: newcomers are placed by donna.kommune.no"]
    found = warnings(check_members(with_member(domains=())))
    assert "members: Dønna: it has no e-mail domain, so nobody new is placed here" in found


def test_a_member_without_an_own_contact_is_named() -> None:
    found = warnings(check_members(with_member(own_contact=None)))
    assert (
        "members: Dønna: nobody has the municipality's own tasks, so its askers are sent to no one"
        in found
    )


def test_the_demos_people_have_every_role_and_cover_every_task() -> None:
    assert errors(check_roles(AGREEMENT, PEOPLE)) == warnings(check_roles(AGREEMENT, PEOPLE)) == []
    assert {one.level for one in check_cover(AGREEMENT, PEOPLE, NOW)} == {Level.OK}


def test_a_role_that_nobody_has_is_named() -> None:
    found = list(check_roles(AGREEMENT, without("torstein", "kari")))
    assert warnings(found) == [
        "roles: nobody has the role contact-heroy",
        "roles: nobody has the role specialist-vat",
        "roles: nobody has the role specialist-systems",
    ]


def test_a_unit_without_a_lead_is_an_error() -> None:
    assert errors(check_roles(AGREEMENT, without("randi"))) == ["roles: nobody has the role lead"]


def test_an_address_that_nobody_has_is_named() -> None:
    agreement = with_member(contact=Who("nobody@donna.example"))
    assert "roles: nobody has the address nobody@donna.example" in warnings(
        check_roles(agreement, PEOPLE)
    )


def test_somebody_outside_the_team_is_passed_by_and_that_is_said() -> None:
    ola = replace(PEOPLE[10], roles=frozenset({"asker", "specialist-vat"}))
    found = warnings(check_roles(AGREEMENT, (*without(ola.id), ola)))
    assert found == [
        "roles: Ola Husvær has specialist-vat but is not in the host team, and is passed by"
    ]


def test_the_host_team_needs_accounts_and_askers_get_theirs_by_writing() -> None:
    def accounts(*names: str) -> dict[PersonId, list[Account]]:
        return {PersonId(name): [Account(Platform.SLACK, "T", name)] for name in names}

    some = list(check_accounts(PEOPLE, accounts("randi", "kari", "liv", "torstein", "marit")))
    assert warnings(some) == [
        "accounts: Per Tindvik of the host team cannot be written to: no account is linked"
    ]
    [others] = told(some, Level.OK)
    assert others.startswith("accounts: Geir Altersund, Berit Sandnes,")
    assert others.endswith("and 11 more will be linked when they first write")
    everybody = check_accounts(PEOPLE, accounts(*(person.id for person in PEOPLE)))
    assert told(everybody, Level.OK) == ["accounts: everybody can be reached"]


TEAM = ("randi", "kari", "per", "liv", "torstein", "marit")


@pytest.mark.parametrize("people", [without(*TEAM), away(*TEAM)], ids=["gone", "away"])
def test_a_unit_with_nobody_there_would_lose_every_question(people: tuple[Person, ...]) -> None:
    found = errors(check_cover(AGREEMENT, people, NOW))
    assert len(found) == 4
    assert found[2] == "cover: Dønna: nobody in the host team is there for every task"


def test_what_only_the_lead_is_left_for_is_named() -> None:
    lead = replace(PEOPLE[0], roles=frozenset({"host-team", "lead"}))
    people = (lead, *without(*TEAM))
    found = warnings(check_cover(AGREEMENT, people, NOW))
    assert found[0] == "cover: Alstahaug: only the lead is left for every task"


def test_what_rests_on_one_person_is_named() -> None:
    kari = replace(PEOPLE[1], roles=frozenset({"host-team", "contact-heroy"}))
    found = warnings(check_cover(AGREEMENT, (kari, *without(*TEAM)), NOW))
    assert found[1] == "cover: Herøy: every task rests on Kari Nordnes alone"


def test_some_tasks_are_counted_up_and_many_are_cut_short() -> None:
    torstein, marit = PEOPLE[4], replace(PEOPLE[5], roles=frozenset({"host-team"}))
    found = errors(check_cover(AGREEMENT, (torstein, marit, *without(*TEAM)), NOW))
    assert found[0] == (
        "cover: Alstahaug: nobody in the host team is there for annual-accounts, "
        "kostra-accounts, payments, bank-reconciliation, vat, first-reminder and 14 more tasks"
    )


@pytest.mark.parametrize("people", [without("hilde"), away("hilde")], ids=["gone", "away"])
def test_a_municipality_with_nobody_for_its_own_tasks_is_named(people: tuple[Person, ...]) -> None:
    assert warnings(check_cover(AGREEMENT, people, NOW)) == [
        "cover: Dønna: nobody in Dønna is there for every task of its own"
    ]


def test_a_manager_in_another_municipality_alone_is_not_above_the_lead() -> None:
    [one] = warnings(check_roles(AGREEMENT, without("geir")))
    assert "nobody in Alstahaug is manager" in one


def test_a_municipality_in_which_nobody_can_approve_an_order_is_named() -> None:
    forms = read_orders(HALD.with_suffix(""), AGREEMENT)
    assert told(check_approvers(AGREEMENT, forms, PEOPLE), Level.OK) == [
        "orders: somebody in every municipality can approve what is ordered"
    ]
    [one] = check_approvers(AGREEMENT, forms, without("hilde"))
    assert one.says == (
        "Dønna: nobody can approve «User and access», «Accounting dimension or code»"
    )
    assert one.mend == "Give approver to somebody in Dønna, with `vertsdesk people import`"
