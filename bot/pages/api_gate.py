"""Who reads the API: a program with a token, what it may read, and of which municipality."""

from collections.abc import Callable
from typing import Annotated

import structlog
from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.conversation import Desk
from bot.domain.agreement import Agreement
from bot.domain.letting_in import ApiScope
from bot.pages.api_answers import NO_TOKEN
from storage.api_clients import ApiClient

UNKNOWN, FORBIDDEN, NOTHING = 401, 403, 404
log = structlog.get_logger()
bearer = HTTPBearer(auto_error=False, description="The token that `api-clients add` showed once.")


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def client(
    request: Request,
    desk: Annotated[Desk, Depends(desk_of)],
    told: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> ApiClient:
    """Return whose token came along; 401 without one that is somebody's."""
    with desk.database.reading() as store:
        found = store.api_clients.whose(told.credentials) if told else None
    if found is None:
        raise HTTPException(UNKNOWN, "A token is needed: Authorization: Bearer …", NO_TOKEN)
    log.info("api.asked", client=found.name, path=request.url.path)
    return found


def may(scope: ApiScope) -> Callable[[ApiClient], ApiClient]:
    """Return what lets only those in who may read *scope*."""

    def allowed(program: Annotated[ApiClient, Depends(client)]) -> ApiClient:
        if scope not in program.scopes:
            raise HTTPException(FORBIDDEN, f"This token is not for {scope}.")
        return program

    return allowed


TheDesk = Annotated[Desk, Depends(desk_of)]
Anybody = Annotated[ApiClient, Depends(client)]
ReadsFigures = Annotated[ApiClient, Depends(may(ApiScope.FIGURES))]
ReadsTickets = Annotated[ApiClient, Depends(may(ApiScope.TICKETS))]


def town_of(program: ApiClient, asked: str | None, agreement: Agreement) -> str | None:
    """Return the municipality that is to be read; None: all of them.

    Another than the program's own answers as one that there is not: 404.
    """
    if asked is None:
        return program.municipality
    if asked not in agreement.municipalities or program.municipality not in {None, asked}:
        raise HTTPException(NOTHING, "There is no such municipality.")
    return asked
