"""Every route of an installation, and what is behind it: whoever adds a route says so here.

A visit is one address about one municipality, and what is behind it says who may come in:

open      nothing of anybody's: everybody, known or not
own       the visitor's own things alone
totals    what all add up to
figures   a municipality's figures
every     all municipalities' figures, side by side
list      a municipality's tickets, listed
ticket    one ticket of a municipality, with its words
lead      for those who lead the host
closed    nobody by this address: it is guessed, or its secret is missing
program   for programs with a token of that municipality, and for no person
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from tests.pages.town import PERIOD, Town

About = Callable[[Town, str], list["Visit"]]
QUARTER = "&".join(f"{key}={value}" for key, value in PERIOD.items())
MEASURES = f"/api/v1/measures?{QUARTER}&municipality={{name}}"
GUESSED = "abcdefghijkl.mnopqrstuvwxyz"


@dataclass(frozen=True)
class Visit:
    """*url* is about one municipality. *nowhere*: the same address of what does not exist."""

    behind: str
    url: str
    nowhere: str = ""
    method: str = "GET"


def figures(town: Town, name: str) -> list[Visit]:
    own, none = f"municipality={name}", "municipality=ingensteds"
    return [
        Visit("figures", f"/figures?{QUARTER}&{own}", f"/figures?{QUARTER}&{none}"),
        Visit("totals", f"/figures?{QUARTER}&municipality=*"),
    ]


def tickets(town: Town, name: str) -> list[Visit]:
    own, nowhere = f"municipality={name}", f"/tickets?{QUARTER}&municipality=ingensteds"
    first = town.tickets[name][0].number
    return [
        Visit("list", f"/tickets?{QUARTER}&{own}", nowhere),
        Visit("list", f"/tickets?{QUARTER}&{own}&figure=first_response.late", nowhere),
        Visit("list", f"/tickets?{QUARTER}&{own}&figure=asked&after={first}&row=1", nowhere),
    ]


def reports(town: Town, name: str) -> list[Visit]:
    return [
        Visit("totals", "/reports"),
        Visit("figures", f"/reports?municipality={name}", "/reports?municipality=ingensteds"),
    ]


def report(town: Town, name: str) -> list[Visit]:
    return [
        Visit("figures", f"/reports/2026-02/{name}.csv", "/reports/2026-02/ingensteds.csv"),
        Visit("every", "/reports/2026-02/all.json", "/reports/2026-02/ingensteds.json"),
        Visit("closed", f"/reports/2099-12/{name}.pdf"),  # a month that is not over
        Visit("closed", f"/reports/2026-13/{name}.pdf"),
    ]


def ledger(path: str) -> About:
    nowhere = f"{path}?{QUARTER}&municipality=ingensteds"
    return lambda _, name: [
        Visit("figures", f"{path}?{QUARTER}&municipality={name}", nowhere),
        Visit("totals", f"{path}?{QUARTER}&municipality=*"),
    ]


def ticket(town: Town, name: str) -> list[Visit]:
    return [
        Visit("ticket", f"/tickets/{each.number}", "/tickets/HALD-2025-9999")
        for each in town.tickets[name][:3]
    ]


def api(path: str, nowhere: str) -> About:
    """Return what a program reads of a municipality, and the same of none."""
    return lambda town, name: [
        Visit(
            "program",
            path.format(name=name, number=town.tickets[name][0].number),
            nowhere.format(name="ingensteds", number="HALD-2025-9999"),
        )
    ]


def calendar(path: str) -> About:
    return lambda *_: [Visit("closed", path.format(address=GUESSED, meeting=uuid4()))]


def always(behind: str, url: str, method: str = "GET") -> About:
    return lambda *_: [Visit(behind, url, method=method)]


WALK: dict[str, About] = {
    "/healthz": always("open", "/healthz"),
    "/readyz": always("open", "/readyz"),
    "/static": always("open", "/static/pages.css"),
    "/calendar/{address}.ics": calendar("/calendar/{address}.ics"),
    "/calendar/{address}/{meeting}.ics": calendar("/calendar/{address}/{meeting}.ics"),
    "/calendar/{address}/{meeting}/agenda": calendar("/calendar/{address}/{meeting}/agenda"),
    "/calendar/{address}/{meeting}/agenda.pdf": calendar(
        "/calendar/{address}/{meeting}/agenda.pdf"
    ),
    "/sign-in": always("open", "/sign-in"),
    "/sign-in/callback": always("open", "/sign-in/callback?code=guessed&state=guessed"),
    "/sign-out": always("open", "/sign-out", "POST"),
    "/sign-out/done": always("open", "/sign-out/done"),
    "/home": always("own", "/home"),
    "/mine": always("own", "/mine"),
    "/figures": figures,
    "/unspecified": ledger("/unspecified"),
    "/misdirected": ledger("/misdirected"),
    "/tickets": tickets,
    "/tickets/{number}": ticket,
    "/reports": reports,
    "/reports/{month}/{name}": report,
    "/pictures/{key}.png": always("closed", f"/pictures/{GUESSED}.png"),
    "/cover": always("totals", "/cover?weeks=2"),
    "/vulnerability": lambda *_: [
        Visit("totals", "/vulnerability"),
        Visit("lead", "/vulnerability?away=kari.nordnes&weeks=2-3"),
    ],
    "/what-if": lambda *_: [
        Visit("lead", "/what-if"),
        Visit("closed", "/what-if", method="POST"),  # a form that is not ours
    ],
    "/metrics": always("closed", "/metrics"),  # for this machine, or with a token
    "/api/v1/openapi.json": always("open", "/api/v1/openapi.json"),
    "/api/v1/cooperation": api("/api/v1/cooperation", ""),
    "/api/v1/measures": api(MEASURES, MEASURES),
    "/api/v1/tickets": api(
        "/api/v1/tickets?municipality={name}", "/api/v1/tickets?municipality={name}"
    ),
    "/api/v1/tickets/{number}": api("/api/v1/tickets/{number}", "/api/v1/tickets/{number}"),
    "/api/v1/tickets/{number}/clock": api(
        "/api/v1/tickets/{number}/clock", "/api/v1/tickets/{number}/clock"
    ),
}
