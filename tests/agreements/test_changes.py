"""Two versions of an agreement are told apart by what they mean."""

import pytest

from bot.agreements import parse_file
from bot.agreements.changes import Change, changes
from tests.agreements.small import SMALL, changed

NEW_TASK = '\n[[tasks]]\nid = "travel"\nname = "Reiseregninger"\nside = "host"\n'


def changes_to(source: str, old: str = SMALL) -> list[Change]:
    return changes(parse_file(old, "old.toml"), parse_file(source, "new.toml"))


def test_the_same_text_has_not_changed() -> None:
    assert changes_to(SMALL) == []


def test_comments_and_the_order_of_tasks_mean_nothing() -> None:
    first = SMALL.index("[[tasks]]")
    second = SMALL.index("[[tasks]]", first + 1)
    third = SMALL.index("[[tasks]]", second + 1)
    moved = SMALL[:first] + SMALL[second:third] + SMALL[first:second] + SMALL[third:]
    assert changes_to("# a comment\n" + moved) == []


@pytest.mark.parametrize(
    ("written", "instead", "subject", "field", "before", "after"),
    [
        ("Timelister", "Timeark", "task hours", "wording", "Timelister", "Timeark"),
        ('side = "partner"', 'side = "host"', "task hours", "side", "partner", "host"),
        ('"4 h"', '"3 h"', "targets normal", "first response", "4 h", "3 h"),
        ('"by 12:00 on working day 1"', '"2 working days"', "targets urgent", "resolution",
         "by 12:00 on working day 1", "2 working days"),
        ('contact = "payroll"', 'contact = "lead"', "municipality storvik", "main contact",
         "payroll", "lead"),
        ('who = "payroll"\nmunicipality', 'who = "lead"\nmunicipality',
         "contact for salaries in lilleby", "who", "payroll", "lead"),
        ("inhabitants = 9000", "inhabitants = 9001", "municipality storvik", "inhabitants",
         "9000", "9001"),
        ("2027-01-01", "2027-06-01", "agreement", "effective from", "2027-01-01", "2027-06-01"),
        ("08:00-11:30", "09:00-11:30", "calendar", "opening hours",
         "Mo-Fr 08:00-11:30,12:00-15:45", "Mo-Fr 09:00-11:30,12:00-15:45"),
        ("post@fund", "hjelp@fund", "third party fund", "how to reach", "post@fund.example",
         "hjelp@fund.example"),
        ('["lead"]', '["lead", "manager"]', "meeting yearly", "attendees", "lead",
         "lead, manager"),
        ('"Lønn"', '"Lønn og reise"', "roles", "payroll", "Lønn", "Lønn og reise"),
    ],
)  # fmt: skip
def test_one_thing_changed(
    *, written: str, instead: str, subject: str, field: str, before: str, after: str
) -> None:
    change = Change(subject=subject, field=field, before=before, after=after)
    assert changes_to(changed(written, instead)) == [change]


def test_who_sees_whose_figures_is_changed() -> None:
    change = Change(
        subject="sharing of figures", field="a member sees", before="own-and-totals", after="own"
    )
    assert changes_to(SMALL + '\n[sharing]\nmembers = "own"\n') == [change]


def test_a_task_is_added_and_taken_away() -> None:
    added = changes_to(SMALL + NEW_TASK)
    assert {change.subject for change in added} == {"task travel"}
    assert ("wording", None, "Reiseregninger") in told(added)
    removed = changes_to(SMALL, old=SMALL + NEW_TASK)
    assert ("side", "host", None) in told(removed)


def test_a_member_joins() -> None:
    member = '[[municipalities]]\nid = "nyvik"\nname = "Nyvik"\ninhabitants = 1\njoined = 2028\n'
    joined = changes_to(SMALL + member + 'contact = "payroll"\n')
    assert {change.subject for change in joined} == {"municipality nyvik"}


def told(found: list[Change]) -> list[tuple[str, str | None, str | None]]:
    return [(change.field, change.before, change.after) for change in found]
