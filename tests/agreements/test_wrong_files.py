"""A mistake in an agreement is answered with the line, the field, and what to write there."""

import pytest
from pydantic import BaseModel

from bot.agreements.advice import ADVICE, TABLES
from bot.agreements.file import AgreementFile
from tests.agreements.small import SMALL, changed, complaints_about

# what is written | what is written instead | the field | what is wrong | what to write
FIELDS = [
    ('form = "ko"', 'form = "samarbeid"', "form", "input should be", '"vertskommune", "ko"'),
    ('prefix = "LONN"', 'prefix = "lønn"', "prefix", "pattern", "capital letters"),
    ("2027-01-01", '"2027-01-01"', "effective_from", "valid date", "without quotes"),
    ("[50, 100]", "[100, 50]", "warn_at", "do not rise", "[75, 100]"),
    ("[50, 100]", "[50, 110]", "warn_at.2", "less than or equal to 100", "from 1 to 100"),
    ("[50, 100]", "[]", "warn_at", "has nothing in it", "from 1 to 100"),
    ('"10 min"', '"0 min"', "choose_within", "too short", "10 min"),
    ("reopen_within = 10", "reopen_within = true", "reopen_within", "integer", "working days"),
    ("Europe/Oslo", "Oslo", "calendar.zone", "timezone", "Europe/Oslo"),
    ("[2026, 2028]", "[2028, 2026]", "calendar.years", "last year is before", "[2020, 2075]"),
    ("[2026, 2028]", "[2026, 20280]", "calendar.years.2", "less than or equal", "the last year"),
    ('"4 h"', '"0 h"', "targets.normal.first_response", "target of zero", '"90 min"'),
    ("working day 1", "working day 0", "targets.urgent.resolution", "of zero", '"90 min"'),
    ('"90 min"', '"0 working days"', "targets.urgent.first_response", "of zero", '"90 min"'),
    ('"4 h"', '"4 timer"', "targets.normal.first_response", "not a length", '"4 h"'),
    ("inhabitants = 900\n", 'inhabitants = "900"\n', "municipalities.lilleby.inhabitants",
     "not a number of inhabitants", "without quotes"),
    ("inhabitants = 900\n", "inhabitants = []\n", "municipalities.lilleby.inhabitants",
     "not a number of inhabitants", "without quotes"),
    ("inhabitants = 900\n", "inhabitants = [{ from = 2027-01-01, number = -1 }]\n",
     "municipalities.lilleby.inhabitants", "with its date", "number = 1880"),
    ("inhabitants = 900\n", "inhabitants = [{ from = 2027-01-01T00:00:00, number = 9 }]\n",
     "municipalities.lilleby.inhabitants", "with its date", "number = 1880"),
    ("inhabitants = 900\n", "inhabitants = [{ from = 2027-01-01, number = 9, in = 1 }]\n",
     "municipalities.lilleby.inhabitants", "with its date", "number = 1880"),
    ("inhabitants = 900\n",
     "inhabitants = [{ from = 2027-01-01, number = 9 }, { from = 2027-01-01, number = 8 }]\n",
     "municipalities.lilleby.inhabitants", "do not rise", "number = 1880"),
    ('side = "partner"', 'side = "parner"', "tasks.hours.side", "input should be", '"partner"'),
    ("number = 2", "number = 0", "tasks.hours.clauses.1.number", "greater", "1, 2, 3"),
    ('level = "strategic"', 'level = "high"', "meetings.yearly.level", "should be", "operational"),
    ('contact = "payroll"', 'contact = "Pay Roll"', "municipalities.storvik.contact",
     "neither a role nor an e-mail", "[roles]"),
    ("warn_at", 'escalation = [{ percent = 50, to = ["boss"] }]\nwarn_at', "escalation.1.to.1",
     "input should be", '"deputies", "specialist"'),
    ('domains = ["storvik.example"]', 'domains = ["post@storvik.example"]',
     "municipalities.storvik.domains.1", "pattern", "after the @"),
]  # fmt: skip

FITTING = [
    ('host = "storvik"', 'host = "storby"', "host", 'no "storby"', "storvik"),
    ('lead = "lead"', 'lead = "boss"', "lead", 'no role "boss"', "[roles]"),
    ('contact = "payroll"', 'contact = "payrol"', "municipalities.storvik.contact",
     'no role "payrol"', "[roles]"),
    ('who = "payroll"', 'who = "payrol"', "contact_rules.1.who", 'no role "payrol"', "[roles]"),
    ('attendees = ["lead"]', 'attendees = ["all"]', "meetings.yearly.attendees.1",
     'no role "all"', "[roles]"),
    ('tasks = ["salaries", "hours"]', 'tasks = ["salaries", "hour"]', "contact_rules.1.tasks.2",
     'no "hour"', "Write hours."),
    ('municipality = "lilleby"', 'municipality = "lillby"', "contact_rules.2.municipality",
     'no "lillby"', "Write lilleby."),
    ('third_party = "fund"', 'third_party = "bank"', "tasks.pensions.third_party",
     'no "bank"', "one of fund"),
    ('side = "external"\nthird', 'side = "host"\nthird', "tasks.pensions.third_party",
     'the side of this task is "host"', "external task"),
    ('id = "hours"', 'id = "salaries"', "tasks.salaries.id", "second time", "another id"),
    ('id = "lilleby"', 'id = "storvik"', "municipalities.storvik.id", "second time", "another id"),
    ("lilleby.example", "Storvik.example", "municipalities.lilleby.domains.1",
     "in two municipalities", "each domain once"),
    ("number = 2", "number = 1", "tasks.hours.clauses.1", "stands at number 1", "free"),
    ("2027-01-01", "2031-01-01", "effective_from", "2026 to 2028 only", "calendar.years"),
    ("warn_at", 'escalation = [{ percent = 50, to = ["lead"] }]\nwarn_at', "escalation",
     "the tables are for [50], and warn_at says [50, 100]", "each percentage of warn_at"),
    ('"NO"', '"QQ"', "calendar.country", 'no holidays are known for "QQ"', '"NO"'),
    ('holiday_names = "no"', 'holiday_names = "nb"', "calendar.holiday_names",
     '"nb" is not one of NO\'s', '"no"'),
]  # fmt: skip

HOURS = [
    ("Mo-Fr 08:00-12:00,11:00-15:45", "the hours 08:00-12:00,11:00-15:45 overlap"),
    ("Mo-Fr 12:00-15:45, 08:00-12:30", "overlap"),
    ("Mo-Fr 20:00-09:00,08:00-12:00", "overlap"),
    ("Mo-Fr 08:00-12:00, We 11:00-16:00", "and We 11:00-16:00 overlap"),
    ("Mo-Fr 08:00-12:00; Mo-Fr 11:00-15:45", "for the same days"),
    ("Mo-Fr 08:00-08:00", "end as they begin"),
    ("Mo-Fr 08:00-15:45; PH off", "public holidays come from `country`"),
    ("Mo-Fr 08:00-15:45; SH off", "when schools are closed"),
    ("Mo-Fr sunrise-sunset", "do not follow the sun"),
    ("Mo-Fr 08:00-15:45 unknown", "hours that may be open"),
    ("Mo-Fr 08:00+", "no end to count to"),
    ("9-4", "not a rule about opening hours"),
    ("", "not a rule about opening hours"),
    ("Mo-Fr off", "these rules never open."),
    ("2026 Mo-Fr 08:00-15:45", "these rules never open in 2027."),
    ("Dec 25 08:00-12:00", "these rules never open."),
]


@pytest.mark.parametrize(("written", "instead", "field", "wrong", "advice"), FIELDS + FITTING)
def test_a_mistake_is_explained(
    written: str, instead: str, field: str, wrong: str, advice: str
) -> None:
    # The last line of what is written is the one with the field.
    line = SMALL[: SMALL.index(written) + len(written.rstrip())].count("\n") + 1
    said = complaint_on(field, changed(written, instead))
    assert said.startswith(f"spoilt.toml, line {line}: {field}: ")
    assert wrong in said
    assert advice in "Write " + said.split(" Write ")[1]


@pytest.mark.parametrize(("rule", "wrong"), HOURS)
def test_hours_that_cannot_be_counted_are_refused(rule: str, wrong: str) -> None:
    source = changed("Mo-Fr 08:00-11:30,12:00-15:45", rule)
    (said,) = complaints_about(source)
    line = source[: source.index("opening_hours")].count("\n") + 1
    assert said.startswith(f"spoilt.toml, line {line}: calendar.opening_hours")
    assert wrong in said
    assert "Write rules in OpenStreetMap syntax" in said


def test_a_calendar_without_opening_hours_never_means_always_open() -> None:
    line = 'opening_hours = ["Mo-Fr 08:00-11:30,12:00-15:45"]\n'
    (said,) = complaints_about(changed(line, ""))
    assert said.startswith("spoilt.toml, line 16: calendar.opening_hours: is missing. Write rules")
    (said,) = complaints_about(changed(line, "opening_hours = []\n"))
    assert "calendar.opening_hours: has nothing in it. Write rules" in said


def test_a_partner_without_a_main_contact() -> None:
    lilleby = SMALL.index('id = "lilleby"')
    contact = SMALL.index('contact = "payroll"\n', lilleby)
    spoilt = SMALL[:contact] + SMALL[contact:].replace('contact = "payroll"\n', "", 1)
    (said,) = complaints_about(spoilt)
    line = SMALL[:lilleby].count("\n")
    assert said.startswith(f"spoilt.toml, line {line}: municipalities.lilleby.contact: is missing")
    assert "Write who is the main contact" in said


@pytest.mark.parametrize(
    ("municipality", "whom"), [("", "everybody"), ('municipality = "lilleby"\n', "lilleby")]
)
def test_two_rules_that_tie(municipality: str, whom: str) -> None:
    rule = f'\n[[contact_rules]]\nwho = "lead"\n{municipality}tasks = [\n  "salaries",\n]\n'
    (said,) = complaints_about(SMALL + rule)
    line = (SMALL + rule).rstrip("]\n").count("\n") + 1
    assert said.startswith(f"spoilt.toml, line {line}: contact_rules.3.tasks.1: two rules say")
    assert f'who has "salaries" for {whom}, so they tie. Write the task in one' in said


def test_a_task_twice_in_one_rule_is_a_tie_as_well() -> None:
    (said,) = complaints_about(changed('["salaries", "hours"]', '["salaries", "salaries"]'))
    assert "so they tie" in said


@pytest.mark.parametrize(
    ("after", "field", "advice"),
    [
        ("reopen_within = 10\n", "nonsense", "Write one of id, name, form"),
        ('zone = "Europe/Oslo"\n', "calendar.nonsense", "Write one of zone, country"),
        (
            'contact = "payroll"\n',
            "municipalities.storvik.nonsense",
            "Write one of id, name, inhab",
        ),
        ("[targets.normal]\n", "targets.normal.nonsense", "Write one of first_response"),
    ],
)
def test_an_unknown_key(after: str, field: str, advice: str) -> None:
    source = changed(after, after + 'nonsense = "red"\n')
    (said,) = complaints_about(source)
    line = source[: source.index("nonsense")].count("\n") + 1
    assert said.startswith(f"spoilt.toml, line {line}: {field}: is not a key that belongs here")
    assert advice in said


def test_an_unknown_key_that_was_nearly_right() -> None:
    said = complaint_on("municipalities.storvik.inhabitant", changed("inhabitants", "inhabitant"))
    assert said.endswith("Write inhabitants.")


def test_a_set_of_targets_that_is_missing() -> None:
    (said,) = complaints_about(changed("[targets.urgent]", "[targets.haster]"))
    assert "targets.urgent: is missing. Write tables [targets.normal] and [targets.urgent]" in said
    (said,) = complaints_about(changed('side = "host"', 'side = "host"\ntargets = "ordre"'))
    assert 'tasks.salaries.targets: there is no "ordre". Write one of normal, urgent.' in said


def test_an_external_task_without_a_third_party() -> None:
    (said,) = complaints_about(changed('third_party = "fund"\n', ""))
    assert "tasks.pensions.third_party: a task of somebody else's does not say whose" in said


def test_a_role_that_is_no_fit_name() -> None:
    (said,) = complaints_about(changed("payroll = ", '"Pay Roll" = "Lønn"\npayroll = '))
    assert said.startswith("spoilt.toml, line 14: roles.Pay Roll: is not fit to be a name")


def test_all_mistakes_are_told_at_once_from_the_top_down() -> None:
    source = changed("warn_at = [50, 100]", "warn_at = [500]")
    source = changed('"90 min"', '"0 min"', source)
    source = changed('side = "partner"', 'side = "ours"', source)
    said = complaints_about(source)
    fields = [complaint.split(": ")[1] for complaint in said]
    assert fields == ["warn_at.1", "targets.urgent.first_response", "tasks.hours.side"]


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    source = changed('host = "storvik"', 'host = "oslo"')
    source = changed('lead = "lead"', 'lead = "boss"', source)
    source = changed("Mo-Fr 08:00-11:30,12:00-15:45", "Mo-Fr off", source)
    fields = [complaint.split(": ")[1] for complaint in complaints_about(source)]
    assert fields == ["host", "lead", "calendar.opening_hours"]


def test_an_empty_file_is_missing_everything_it_needs() -> None:
    needed = {name for name, field in AgreementFile.model_fields.items() if field.is_required()}
    assert {complaint.split(": ")[1] for complaint in complaints_about("")} == needed


@pytest.mark.parametrize("table", [AgreementFile, *TABLES.values()])
def test_there_is_advice_for_every_field(table: type[BaseModel]) -> None:
    named = {field.alias or name for name, field in table.model_fields.items()}
    assert named <= ADVICE.keys()


def complaint_on(field: str, source: str) -> str:
    """Return what is said about *field*, perhaps among other things."""
    found = [said for said in complaints_about(source) if said.split(": ")[1] == field]
    assert len(found) == 1, complaints_about(source)
    return found[0]
