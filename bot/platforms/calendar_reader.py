"""Fetching somebody's calendar over https: from no address inside, no more than it may weigh."""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from bot.outside import CalendarUnread, Fetched

LARGEST = 2_000_000  # bytes
PATIENCE = 10.0  # seconds for one step
ALL_IN_ALL = 20.0  # seconds
REDIRECTS = 3
UNCHANGED = 304
GONE = {401, 403, 404, 410}  # trying again is no use until somebody does something
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReader:
    """*allows_inside*: addresses of our own network too. *schemes*: how a calendar is fetched.

    The name is looked up once, and what it means then is asked: it cannot mean another machine a
    moment later. Every redirect is looked at in the same way.
    """

    allows_inside: bool = False
    schemes: frozenset[str] = frozenset({"https"})

    def check(self, url: str) -> None:
        """See whether *url* may be fetched at all, without asking anybody.

        :raises CalendarUnread: it may not
        """
        self._parts(url)

    def read(self, url: str, etag: str | None, modified: str | None) -> Fetched | None:
        """Return the file at *url*; None when it is as it was when *etag* and *modified* came.

        :raises CalendarUnread: it cannot be had
        """
        until = time.monotonic() + ALL_IN_ALL
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in known.items() if value}
        for _ in range(REDIRECTS + 1):
            with self._asked(url, headers) as answer:
                if not answer.has_redirect_location:
                    return _file(answer, until)
                url = urljoin(url, answer.headers["location"])
        raise CalendarUnread("redirects", final=True)

    @contextmanager
    def _asked(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        parts = self._parts(url)
        name, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        told = {**headers, "Host": parts.netloc.rpartition("@")[2], "Accept-Encoding": "identity"}
        where = httpx.URL(url).copy_with(host=self._machine(name, port), userinfo=b"")
        extensions = {"sni_hostname": name}  # the certificate is that of the name
        try:
            with (
                httpx.Client(timeout=PATIENCE, trust_env=False) as client,
                client.stream("GET", where, headers=told, extensions=extensions) as answer,
            ):
                yield answer
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CalendarUnread(type(error).__name__, final=False) from error

    def _parts(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            is_whole = bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            raise CalendarUnread("address", final=True) from None
        if not is_whole or parts.scheme not in self.schemes:
            raise CalendarUnread("address", final=True)
        return parts

    def _machine(self, name: str, port: int) -> str:
        """Return the number of the machine called *name*; inside our own network only if allowed.

        One number inside among others is as bad as all.
        """
        try:
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise CalendarUnread("unknown name", final=False) from error
        numbers = [str(each[4][0]).partition("%")[0] for each in found]
        if not self.allows_inside and any(map(_is_inside, numbers)):
            raise CalendarUnread("inside", final=True)
        return numbers[0]


def _is_inside(number: str) -> bool:
    address = ip_address(number)
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or address
    return not address.is_global or address.is_multicast


def _file(answer: httpx.Response, until: float) -> Fetched | None:
    if answer.status_code == UNCHANGED:
        return None
    if not answer.is_success:
        raise CalendarUnread(f"status {answer.status_code}", final=answer.status_code in GONE)
    content = bytearray()
    for part in answer.iter_raw():
        content += part
        if len(content) > LARGEST:
            raise CalendarUnread("too large", final=True)
        if time.monotonic() > until:
            raise CalendarUnread("too slow", final=False)
    told = answer.headers
    return Fetched(bytes(content), told.get("etag"), told.get("last-modified"))
