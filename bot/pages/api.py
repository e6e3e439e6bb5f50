"""The API: what programs may read, as JSON, each with a token of its own. It changes nothing."""

from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import Response

from bot.conversation import Desk, frozen_agreement
from bot.domain.agreement import Agreement
from bot.domain.events import Figure
from bot.domain.explain import explain
from bot.domain.measures import Scope
from bot.domain.tickets import Ticket
from bot.measuring import measure
from bot.pages import api_figures, api_models
from bot.pages.api_answers import UNCHANGED, Api, Problem, answered, explain_problems
from bot.pages.api_asked import UNCLEAR, FiguresAsked, TicketsAsked, cursor_after
from bot.pages.api_gate import NOTHING, Anybody, ReadsFigures, ReadsTickets, TheDesk, town_of
from storage.api_clients import ApiClient
from storage.database import Store

PATH = "/api/v1"
NO_TICKET = "There is no such ticket."
ABOUT = "Figures and tickets of a cooperation between municipalities. Read-only."


def serve(web: FastAPI, desk: Desk) -> None:
    """Add the API to *web*, with its own description and its own words for what is wrong."""
    api = Api(
        title="Vertsdesk",
        version="1",
        description=ABOUT,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses={
            UNCHANGED: {"description": "Nothing has changed since the ETag in If-None-Match."},
            **{status: {"model": Problem} for status in (401, 403, 404, 422)},
        },
    )
    api.state.desk = desk
    explain_problems(api)
    for path, answer, model in (
        ("/cooperation", cooperation, api_models.Cooperation),
        ("/measures", measures, api_figures.Measures),
        ("/tickets", tickets, api_models.Tickets),
        ("/tickets/{number}", ticket, api_models.Ticket),
        ("/tickets/{number}/clock", clock, api_models.Clock),
    ):
        api.add_api_route(path, answer, response_model=model)
    web.mount(PATH, api)


def cooperation(request: Request, desk: TheDesk, program: Anybody) -> Response:
    """Tell the members and the tasks of the agreement that holds today."""
    return answered(request, api_models.Cooperation.of(_today(desk)))


def measures(
    request: Request,
    desk: TheDesk,
    program: ReadsFigures,
    asked: Annotated[FiguresAsked, Query()],
) -> Response:
    """Tell the figures of the tickets asked in a period, whole and in every cut."""
    now, agreement = desk.clock(), _today(desk)
    town = town_of(program, asked.municipality, agreement)
    if asked.task is not None and asked.task not in desk.agreements.tasks:
        raise HTTPException(UNCLEAR, "There is no such task.")
    scope = Scope(
        cooperation=agreement.id,
        period=asked.period(agreement.calendar.local_date(now)),
        municipalities=None if town is None else frozenset({town}),
        task=asked.task,
        side=asked.side,
        priority=asked.priority,
    )
    with desk.database.reading() as store:
        found = measure(store, desk.agreements, scope, now)
    counted = api_figures.Counted.of(found, town)
    told = api_figures.Measures(**counted.model_dump(), as_of=found.as_of)
    return answered(request, told, same_as=counted)


def tickets(
    request: Request,
    desk: TheDesk,
    program: ReadsTickets,
    asked: Annotated[TicketsAsked, Query()],
) -> Response:
    """Tell the tickets in the order they were asked, page by page. They tell of nobody."""
    agreement, after = _today(desk), asked.after
    town = town_of(program, asked.municipality, agreement)
    with desk.database.reading() as store:
        found = store.ticket_pages.page(agreement.id, town, after, asked.limit)
    following = cursor_after(found[-1]) if len(found) == asked.limit else None
    told = [api_models.Ticket.of(each) for each in found]
    return answered(request, api_models.Tickets(tickets=told, next=following))


def ticket(request: Request, desk: TheDesk, program: ReadsTickets, number: str) -> Response:
    """Tell one ticket."""
    with desk.database.reading() as store:
        found = _ticket(store, program, number, _today(desk))
    return answered(request, api_models.Ticket.of(found))


def clock(request: Request, desk: TheDesk, program: ReadsTickets, number: str) -> Response:
    """Tell a ticket's deadlines: every interval that counts, every one that does not, and why."""
    now = desk.clock()
    with desk.database.reading() as store:
        found = _ticket(store, program, number, _today(desk))
        agreement = frozen_agreement(found, desk.agreements, store)
        log = store.tickets.log(found.id)
    explained = [explain(log, agreement, now, figure) for figure in Figure]
    told = api_models.Clock(
        number=found.number,
        agreement=agreement.id,
        version=agreement.version,
        time_zone=agreement.calendar.zone.key,
        deadlines=[api_models.Deadline.of(each) for each in explained if each],
    )
    return answered(request, told)


def _today(desk: Desk) -> Agreement:
    return desk.agreements.current_at(desk.clock())


def _ticket(store: Store, program: ApiClient, number: str, today: Agreement) -> Ticket:
    """Return the ticket; one that is not the program's to read is as one that there is not."""
    found = store.tickets.by_number(number) if number.isascii() and number.isprintable() else None
    if found is None or found.cooperation != today.id:
        raise HTTPException(NOTHING, NO_TICKET)
    if program.municipality not in {None, found.municipality}:
        raise HTTPException(NOTHING, NO_TICKET)
    return found
