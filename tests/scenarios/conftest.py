"""Every story is told of each pair of chats; often it begins when a question has been asked."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest

from bot.domain.people import Platform
from tests.conftest import at_work, lent
from tests.helpdesk import VAT, Helpdesk
from tests.pretend_chat import Pair


class Surroundings(NamedTuple):
    database: str
    pair: Pair


PAIRS = [Pair(askers, team) for askers, team in product(Platform, Platform)]
ON_POSTGRES = [Pair(Platform.TEAMS, Platform.SLACK)]
EVERYWHERE = [
    *(pytest.param(Surroundings("sqlite", pair), id=f"{pair}-sqlite") for pair in PAIRS),
    *(pytest.param(Surroundings("postgres", pair), id=f"{pair}-postgres") for pair in ON_POSTGRES),
]


@pytest.fixture(params=EVERYWHERE)
def surroundings(request: pytest.FixtureRequest) -> Surroundings:
    """Nine times on SQLite, and once on PostgreSQL."""
    return request.param


@pytest.fixture
def helpdesk(surroundings: Surroundings, request: pytest.FixtureRequest) -> Iterator[Helpdesk]:
    url = request.getfixturevalue(f"empty_{surroundings.database}")
    with at_work(lent(url), surroundings.pair) as helpdesk:
        yield helpdesk


@pytest.fixture
def asked(helpdesk: Helpdesk) -> Helpdesk:
    """Ola in Herøy has asked about VAT, on Monday at nine; Herøy's main contact is Kari."""
    helpdesk.opens()
    helpdesk.asks("Ola", VAT)
    helpdesk.forgets()
    return helpdesk
