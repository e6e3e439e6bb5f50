"""`vertsdesk demo`: one command, one process, one address, and a polite goodbye."""

import socket
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from bot.cli.demo import add
from bot.domain.people import Person, PersonId
from storage.database import Database
from tests.web.browser import demo, started, stopped

needs_signals = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows sends no Ctrl-C to a process without a console"
)


@needs_signals
def test_ctrl_c_says_goodbye_though_a_page_is_listening(tmp_path: Path) -> None:
    with demo(tmp_path) as (address, process):
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert b"200 OK" in line.recv(1000)
            said = stopped(process)

    assert process.returncode == 0
    assert said.endswith("Stopped. Goodbye!\n")
    assert "Traceback" not in said


@needs_signals
def test_a_taken_port_is_told_of_and_another_used(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        process = started(tmp_path, "--port", str(taken))
        assert process.stdout is not None
        first, second = process.stdout.readline(), process.stdout.readline()
        stopped(process)

    assert first.startswith(f"Port {taken} is taken, so this uses ")
    free = first.split()[-1].rstrip(".")
    assert f"http://127.0.0.1:{free}/" in second


def test_a_database_with_other_people_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(f"sqlite:///{tmp_path}/demo.db")
    database.migrate()
    with database.transaction() as store:
        store.people.introduce(Person(id=PersonId("somebody"), name="Somebody Real"))

    assert run("--database", f"{tmp_path}/demo.db") == 1
    assert "other people than the demo's are in it. Choose another file." in capsys.readouterr().err
    with database.reading() as store:
        assert [person.name for person in store.people.everybody()] == ["Somebody Real"]
    database.close()


def test_a_file_that_is_no_database_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Mine, and no database at all.", "utf-8")

    assert run("--database", str(file)) == 1
    assert "this is something else than a database" in capsys.readouterr().err
    assert file.read_text("utf-8") == "Mine, and no database at all."


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--database", f"{tmp_path}/nowhere/demo.db") == 1
    assert f"there is no folder {tmp_path / 'nowhere'}" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_that_cannot_be_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(f"--port={port}")
    assert "--port" in capsys.readouterr().err


def run(*words: str) -> int:
    parser = ArgumentParser()
    add(parser.add_subparsers())
    said = parser.parse_args(["demo", "--no-browser", "--port=0", *words])
    return said.run(said)
