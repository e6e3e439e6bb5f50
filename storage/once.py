"""Insert a row that may be there already. The one question is: were we the first?"""

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import Row

Insert = postgresql.Insert | sqlite.Insert


def first(session: Session, row: type[Row], **values: object) -> bool:
    """Insert, and return True; or change nothing, and return False."""
    # RETURNING, because psycopg's rowcount is -1 whether or not the row went in.
    added = insert(session, row).values(**values).on_conflict_do_nothing().returning(literal(1))
    return session.scalar(added) is not None


def insert(session: Session, row: type[Row]) -> Insert:
    """Return an INSERT that can say ON CONFLICT, which each database has in its own words."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(row)
    return sqlite.insert(row)
