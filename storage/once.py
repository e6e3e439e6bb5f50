"""Insert a row that may be there already. The one question is: were we the first?"""

from sqlalchemy import Table, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import Row

Insert = postgresql.Insert | sqlite.Insert


def first(session: Session, row: type[Row], **values: object) -> bool:
    """Insert, and return True; or change nothing, and return False."""
    # RETURNING, because psycopg's rowcount is -1 whether or not the row went in.
    added = insert(session, table_of(row)).values(**values).on_conflict_do_nothing()
    return session.scalar(added.returning(literal(1))) is not None


def insert(session: Session, into: type[Row] | Table) -> Insert:
    """Return an INSERT that can say ON CONFLICT, which each database has in its own words.

    Into a table it is quicker; into a kind of row it can also return the row.
    """
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(into)
    return sqlite.insert(into)


def table_of(row: type[Row]) -> Table:
    return Row.metadata.tables[row.__tablename__]
