"""`vertsdesk demo`: the whole helpdesk in one process, to be tried in a browser."""

import socket
import sys
import webbrowser
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from threading import Thread
from types import FrameType
from uuid import uuid4

import uvicorn
from fastapi import FastAPI

from bot.agreements import HALD, parse_agreement, read_source
from bot.app import create_web
from bot.clock import wall_clock
from bot.demo import SomebodyLivesHere, move_in
from bot.demo.history import live_through
from bot.platforms.web_live import hang_up
from bot.settings import Settings
from storage.database import Database

HOST = "127.0.0.1"  # and no other: whoever can reach the page can speak as anybody
PORT = 8000
FILE = Path("vertsdesk-demo.db")
PATIENCE = 2  # seconds that requests have to finish in, once it is to stop


def add(commands: "_SubParsersAction[ArgumentParser]") -> None:
    demo = commands.add_parser(
        "demo", help="try everything in a browser, on this machine alone, with fictional people"
    )
    demo.add_argument("--port", type=_port, default=PORT, help=f"default: {PORT}, or a free one")
    demo.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    demo.add_argument(
        "--database", type=Path, default=FILE, metavar="FILE", help=f"default: {FILE}, made if new"
    )
    demo.set_defaults(run=_run)


def _port(words: str) -> int:
    """Return a port to listen at; 0 is any free one. argparse explains a ValueError."""
    port = int(words)
    if not 0 <= port < 2**16:
        raise ValueError(words)
    return port


def _run(words: Namespace) -> int:
    settings = Settings(database_url=f"sqlite:///{words.database}", host=HOST, port=words.port)
    if trouble := _trouble_with(words.database) or _prepare(settings):
        sys.stderr.write(f"{words.database}: {trouble}\n")
        return 1
    with _listening(words.port) as door:
        port = door.getsockname()[1]
        if words.port not in {0, port}:
            _tell(f"Port {words.port} is taken, so this uses {port}.")
        address = f"http://{HOST}:{port}/"
        _tell(f"Vertsdesk's demo is at {address} (Ctrl-C stops it). Its people are fictional.")
        _tell(f"It is kept in {words.database}; delete that file to begin afresh.")
        _serve(create_web(settings, demo=True), door, None if words.no_browser else address)
    return 0


def _trouble_with(file: Path) -> str | None:
    """Return why *file* cannot be the demo's database, if we can tell without opening it."""
    if not file.parent.is_dir():
        return f"there is no folder {file.parent}. Make it first, or choose another."
    if file.is_dir() or (file.exists() and _beginning(file) not in {b"", b"SQLite format 3"}):
        return "this is something else than a database. Choose another file."
    return None


def _beginning(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(15)


def _prepare(settings: Settings) -> str | None:
    """Let the demo's people move in; return why they cannot, if so."""
    database = Database(settings.database_url)
    try:
        database.migrate()
        source, now = read_source(HALD), wall_clock()
        agreement = parse_agreement(source, HALD.name)
        move_in(database, agreement)
        with database.transaction() as store:
            store.agreements.keep(agreement, source, now)
            live_through(store, agreement, now, uuid4)
    except SomebodyLivesHere:
        return "other people than the demo's are in it. Choose another file."
    finally:
        database.close()
    return None


def _listening(port: int) -> socket.socket:
    """Return a socket that listens at *port*, or at a free one if that is taken."""
    door = socket.socket()
    if sys.platform != "win32":  # there it would let two programs have one port
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, port))
    except OSError:
        door.bind((HOST, 0))
    door.listen(128)
    return door


def _serve(web: FastAPI, door: socket.socket, address: str | None) -> None:
    """Serve until somebody presses Ctrl-C. With *address*, open it in a browser."""
    if address:  # the door is open already, so the page waits until we answer; we wait for nobody
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    config = uvicorn.Config(web, log_level="warning", timeout_graceful_shutdown=PATIENCE)
    try:
        _Server(config).run(sockets=[door])
    except KeyboardInterrupt:
        _tell("Stopped. Goodbye!")


class _Server(uvicorn.Server):
    """A server that hangs up before it stops, so as not to wait for pages that only listen."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if isinstance(self.config.app, FastAPI):
            hang_up(self.config.app)
        super().handle_exit(sig, frame)


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
