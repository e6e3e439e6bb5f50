"""What Alembic runs for every command. The program brings a connection; a developer an address.

``alembic -x url=sqlite:///scratch.db upgrade head``, and then, with the same ``-x``,
``alembic revision --autogenerate --rev-id 0002 -m "what changes"`` writes the next step.
"""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

import storage.answer_models
import storage.away_calendar_models
import storage.clock_models
import storage.dispute_models
import storage.draft_models
import storage.file_models
import storage.link_models
import storage.measure_models
import storage.meeting_models
import storage.order_models
import storage.report_models
import storage.satisfaction_models
import storage.teams_models
import storage.visit_models
import storage.year_models  # noqa: F401 the tables of all belong to the same metadata
from storage.engines import migration_engine
from storage.migrate import is_compared
from storage.models import Row, UtcTime


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Row.metadata,
        render_as_batch=True,  # SQLite changes a table by making it anew
        compare_type=True,
        include_name=is_compared,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


def render_item(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write our own type of moment by its name, which the template imports."""
    return "UtcTime()" if kind == "type" and isinstance(item, UtcTime) else False


def run_for_developer() -> None:
    engine = migration_engine(context.get_x_argument(as_dictionary=True)["url"])
    with engine.begin() as connection:
        run(connection)
    engine.dispose()


given: Connection | None = context.config.attributes.get("connection")
if given is None:
    run_for_developer()
else:
    run(given)
