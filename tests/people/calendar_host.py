"""A host on loopback with somebody's calendar, over a real wire."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bot.platforms.calendar_reader import CalendarReader

ON_LOOPBACK = CalendarReader(allows_inside=True, schemes=frozenset({"http", "https"}))


def ics(*days: tuple[str, str]) -> bytes:
    """Return a calendar with these days out of office, each with words that are nobody's."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{first}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Hemmelig legetime\r\n"
        f"DTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{last}\r\n"
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\nEND:VEVENT\r\n"
        for first, last in days
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


@dataclass
class Host:
    """Where a calendar lies. *asked*: what the reader said it knew, each time it came."""

    port: int = 0
    status: int = 200
    content: bytes = field(default_factory=ics)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str | None] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/kari.ics"


@contextmanager
def hosted() -> Iterator[Host]:
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known, etag = self.headers["If-None-Match"], f'"{hash(host.content)}"'
            host.asked.append(known)
            is_same = known == etag and host.status == 200
            self.send_response(304 if is_same else host.status)
            for name, value in {"ETag": etag, **host.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if not is_same:
                self.wfile.write(host.content)

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield host
        server.shutdown()
