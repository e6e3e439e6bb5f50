"""The programs that may read: each with a token that is shown once and kept as a hash."""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex, token_urlsafe

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.visit_models import ApiClientRow

ID_LENGTH = 6  # bytes; it finds the row, and is no secret
TOKEN_LENGTH = 32  # bytes
NOBODYS = sha256(b"").hexdigest()  # compared where there is no such client: it takes as long


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiClient:
    """*municipality*: whose tickets and figures it reads; None: those of the whole cooperation."""

    id: str
    name: str
    scopes: frozenset[str]
    municipality: str | None
    added_at: datetime
    revoked_at: datetime | None = None


class NameTaken(Exception):
    """Another client has the name, be it one that is revoked: a name in a log means one client."""


class ApiClients:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, name: str, scopes: Collection[str], municipality: str | None, now: datetime
    ) -> str:
        """Let a program called *name* read; return its token, «id.secret», which is kept nowhere.

        :raises NameTaken: another has that name
        """
        if self._session.scalar(select(ApiClientRow).where(ApiClientRow.name == name)):
            raise NameTaken(name)
        id_, secret = token_hex(ID_LENGTH), token_urlsafe(TOKEN_LENGTH)
        row = ApiClientRow(
            id=id_,
            name=name,
            token=_hash(secret),
            scopes=sorted(scopes),
            municipality=municipality or "",
            added_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return f"{id_}.{secret}"

    def whose(self, token: str) -> ApiClient | None:
        """Return whose *token* is; None when it is nobody's, or revoked. Both take as long."""
        id_, _, secret = token.partition(".")
        row = self._session.get(ApiClientRow, id_) if id_.isascii() and id_.isalnum() else None
        is_right = hmac.compare_digest(_hash(secret), row.token if row else NOBODYS)
        return _client(row) if row and is_right and row.revoked_at is None else None

    def revoke(self, name: str, now: datetime) -> bool:
        """Let the program called *name* read no more; tell whether there was one that could."""
        row = self._session.scalar(select(ApiClientRow).where(ApiClientRow.name == name))
        if row is None or row.revoked_at is not None:
            return False
        row.revoked_at = now
        self._session.flush()
        return True

    def all(self) -> Sequence[ApiClient]:
        """Return every one there has been, by name."""
        rows = self._session.scalars(select(ApiClientRow).order_by(ApiClientRow.name))
        return [_client(row) for row in rows]


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _client(row: ApiClientRow) -> ApiClient:
    return ApiClient(
        id=row.id,
        name=row.name,
        scopes=frozenset(row.scopes),
        municipality=row.municipality or None,
        added_at=row.added_at,
        revoked_at=row.revoked_at,
    )
