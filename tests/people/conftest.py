"""A calendar that lies somewhere, for whoever reads it."""

from collections.abc import Iterator

import pytest

from tests.people.calendar_host import Host, hosted


@pytest.fixture
def host() -> Iterator[Host]:
    with hosted() as opened:
        yield opened
