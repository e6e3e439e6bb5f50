"""What this process has counted since it started, for Prometheus: events, and never people."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    start_http_server,
)

CONTENT = "text/plain; version=0.0.4; charset=utf-8"
LOOPBACK = "127.0.0.1"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Each has a registry of its own, so that two desks in one process do not count for another."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._events = self._counter("events", "Events from the chats, handled.", "kind")
        self._refusals = self._counter("refusals", "Events that were refused in words.", "kind")
        self._errors = self._counter("errors", "Events that met a bug, and an apology.", "kind")
        self._sends = self._counter("sends", "Letters, by what came of it.", "platform", "outcome")
        self._requests = Histogram(
            "vertsdesk_request_seconds",
            "Time until an answer begins.",
            ("route", "method", "status"),
            registry=self.registry,
            buckets=SECONDS,
        )

    def handled(self, event: object, *, is_refused: bool) -> None:
        kind = type(event).__name__
        self._events.labels(kind).inc()
        if is_refused:
            self._refusals.labels(kind).inc()

    def failed(self, event: object) -> None:
        self._errors.labels(type(event).__name__).inc()

    def sent(self, platform: str, *, arrived: bool) -> None:
        self._sends.labels(platform, "sent" if arrived else "failed").inc()

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Put down how long a request to *route*, as the program names it, took."""
        self._requests.labels(route, method, str(status)).observe(seconds)

    def written(self) -> bytes:
        """Return all of it in Prometheus' text format."""
        return generate_latest(self.registry)

    def listen(self, port: int) -> None:
        """Let this very machine read it at *port*, for a process that serves no pages."""
        start_http_server(port, addr=LOOPBACK, registry=self.registry)

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(f"vertsdesk_{name}", about, labels, registry=self.registry)
