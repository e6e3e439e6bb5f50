"""The scanner that each file is shown to before it is passed on: a command, or an address."""

import asyncio
import shlex
from dataclasses import dataclass
from urllib.parse import quote

import httpx

PATIENCE = 45  # seconds
CLEAN, FOUND = 0, 1  # what a scanner's command ends with, as ClamAV's do
REFUSED = {403, 406, 422}  # what a scanner's address answers to a file that may do harm


class ScannerFailed(Exception):
    """The scanner says neither yes nor no. The file waits, and is not passed on."""


@dataclass(frozen=True, slots=True)
class CommandScanner:
    """A program that reads the file from its standard input, such as ``clamdscan -``."""

    command: str

    async def __call__(self, name: str, content: bytes) -> bool:
        """Tell whether a file is harmless.

        :raises ScannerFailed: the program says neither yes nor no
        :raises OSError: it cannot be started
        """
        program = await asyncio.create_subprocess_exec(
            *shlex.split(self.command),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(PATIENCE):
                await program.communicate(content)
        except TimeoutError as error:
            program.kill()
            await program.wait()
            raise ScannerFailed(f"no answer within {PATIENCE} seconds") from error
        if program.returncode not in {CLEAN, FOUND}:
            raise ScannerFailed(f"it ended with {program.returncode}")
        return program.returncode == CLEAN


@dataclass(frozen=True, slots=True)
class AddressScanner:
    """A service that the file is posted to: 2xx is harmless; 403, 406 and 422 are not."""

    url: str

    async def __call__(self, name: str, content: bytes) -> bool:
        """Tell whether a file is harmless.

        :raises ScannerFailed: the service says neither yes nor no
        :raises httpx.HTTPError: it cannot be reached
        """
        headers = {"X-File-Name": quote(name), "Content-Type": "application/octet-stream"}
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            answer = await client.post(self.url, content=content, headers=headers)
        if not answer.is_success and answer.status_code not in REFUSED:
            raise ScannerFailed(f"it answered {answer.status_code}")
        return answer.is_success
