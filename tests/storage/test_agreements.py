"""Every version of an agreement is kept in its own words."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import NoResultFound

from storage.database import Database
from tests.storage.town import AGREEMENT, NOW


def test_a_version_is_kept_as_it_first_read(town: Database) -> None:
    version = replace(AGREEMENT, digest="d")
    with town.transaction() as store:
        store.agreements.keep(version, "first words", NOW)
        store.agreements.keep(version, "other words", NOW)
        assert store.agreements.source("d") == "first words"


def test_versions_come_in_the_order_they_took_effect(town: Database) -> None:
    with town.transaction() as store:
        for year in (2029, 2028):
            version = replace(
                AGREEMENT, id="kyst", digest=str(year), effective_from=date(year, 1, 1)
            )
            store.agreements.keep(version, f"from {year}", NOW)
        assert store.agreements.sources("kyst") == ["from 2028", "from 2029"]


def test_a_version_nobody_kept_is_not_found(town: Database) -> None:
    with town.reading() as store, pytest.raises(NoResultFound):
        store.agreements.source("unknown")
