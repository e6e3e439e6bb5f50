"""A small agreement of an invented cooperation, for tests to spoil."""

import pytest

from bot.agreements import AgreementError, parse_agreement

SMALL = """\
id = "lonn"
name = "Lønnssamarbeidet"
form = "ko"
host = "storvik"
prefix = "LONN"
effective_from = 2027-01-01
lead = "lead"
manager = "leder@storvik.example"
warn_at = [50, 100]
choose_within = "10 min"
reopen_within = 10

[roles]
payroll = "Lønn"

[calendar]
zone = "Europe/Oslo"
country = "NO"
holiday_names = "no"
years = [2026, 2028]
opening_hours = ["Mo-Fr 08:00-11:30,12:00-15:45"]

[targets.normal]
first_response = "4 h"

[targets.urgent]
first_response = "90 min"
resolution = "by 12:00 on working day 1"

[[municipalities]]
id = "storvik"
name = "Storvik"
inhabitants = 9000
joined = 2027
contact = "payroll"
domains = ["storvik.example"]

[[municipalities]]
id = "lilleby"
name = "Lilleby"
inhabitants = 900
joined = 2027
starts = 2027-03-01
contact = "payroll"
domains = ["lilleby.example"]

[[tasks]]
id = "salaries"
name = "Lønnskjøring"
side = "host"
clauses = [{ section = "Lønn", number = 1 }]

[[tasks]]
id = "hours"
name = "Timelister"
side = "partner"
clauses = [
  { section = "Lønn", number = 2 },
]

[[tasks]]
id = "pensions"
name = "Pensjon"
side = "external"
third_party = "fund"

[[third_parties]]
id = "fund"
name = "Pensjonskassen"
what = "Pensjon"
reach = "post@fund.example"

[[contact_rules]]
who = "payroll"
tasks = ["salaries", "hours"]

[[contact_rules]]
who = "payroll"
municipality = "lilleby"
tasks = ["salaries"]

[[meetings]]
id = "yearly"
name = "Årsmøte"
level = "strategic"
attendees = ["lead"]
purpose = ["Budsjett"]
"""


def changed(written: str, instead: str, source: str = SMALL) -> str:
    """Return *source* with one thing written otherwise. The thing must be there."""
    assert written in source
    return source.replace(written, instead, 1)


def complaints_about(source: str) -> tuple[str, ...]:
    with pytest.raises(AgreementError) as refused:
        parse_agreement(source, "spoilt.toml")
    return refused.value.complaints
