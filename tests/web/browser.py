"""A real browser, where one is installed, and the real demo in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from threading import Thread
from urllib.error import URLError

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(which, NAMES)), None)
FLAGS = [
    "--no-sandbox",  # the tests may be run by root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERIOUS = {"serious", "critical"}
PATIENCE = 60.0  # seconds that a slow, busy machine may need to start the demo

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason=f"no browser was found: none of {', '.join(NAMES)} is on PATH"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def serving(web: FastAPI, port: int | None = None) -> Iterator[str]:
    """Serve *web* on this machine; give its address, once it answers there."""
    port = port or free_port()
    server = uvicorn.Server(uvicorn.Config(web, port=port, log_level="error"))
    running = Thread(target=server.run)
    running.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        running.join()


@contextmanager
def demo(folder: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `vertsdesk demo` on a database in *folder*; give its address, once it answers."""
    port = free_port()
    process = started(folder, "--port", str(port), *words)
    address = f"http://127.0.0.1:{port}/"
    try:
        wait_for(address, process)
        yield address, process
    finally:
        process.kill()
        process.communicate()


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    database = str(folder / "demo.db")
    command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--database", database]
    return subprocess.Popen(
        [*command, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def stopped(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C; return all it has said."""
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=PATIENCE)[0]


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    given_up = time.monotonic() + PATIENCE
    while time.monotonic() < given_up:
        if process.poll() is not None:
            pytest.fail(f"the demo did not start: {process.communicate()[0]}")
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()  # noqa: S310 - it is ours
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the demo does not answer")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def serious(page: Page) -> list[str]:
    """Return what axe finds on *page* that bars somebody's way."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in SERIOUS
    ]


def composer(pane: Locator) -> Locator:
    return pane.locator(".composer textarea")


def tab_to(page: Page, name: str, within: str = "body") -> None:
    """Press Tab until what is called *name*, inside *within*, has the focus."""
    wanted = """([name, within]) => {
        const at = document.activeElement;
        const label = at.labels?.[0]?.textContent ?? at.ariaLabel ?? at.textContent;
        return at.closest(within) !== null && label.trim().startsWith(name);
    }"""
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate(wanted, [name, within]):
            return
    pytest.fail(f"the Tab key never comes to {name!r}")
