"""How long requests take until their answer begins, by the route that answers them."""

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.metrics import Metrics

NO_ROUTE = "none"  # an address that is none of ours: they are many, and are counted as one


class TimedRequests:
    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()

        async def send_and_note(message: Message) -> None:
            if message["type"] == "http.response.start":
                took, status = perf_counter() - began, message["status"]
                self._metrics.answered(_route(scope), _method(scope), status, took)
            await send(message)

        await self._app(scope, receive, send_and_note)


def _route(scope: Scope) -> str:
    path = getattr(scope.get("route"), "path", None)
    return f"{scope.get('root_path', '')}{path}" if path else NO_ROUTE


def _method(scope: Scope) -> str:
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return scope["method"] if scope["method"] in known else NO_ROUTE
