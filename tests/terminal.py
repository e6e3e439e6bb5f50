"""`vertsdesk` as it is typed at a terminal, with these settings alone.

In this process: one of its own would load the same libraries again, a second for each command.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess

from bot.cli import main


def vertsdesk(*words: str, folder: Path, **settings: str) -> CompletedProcess[str]:
    """Run the command in *folder*, and wait for it. *settings* lack their VERTSDESK_."""
    own = {f"VERTSDESK_{name}": value for name, value in settings.items()}
    out, errors = StringIO(), StringIO()
    with chdir(folder), _typed(words, own), redirect_stdout(out), redirect_stderr(errors):
        try:
            main()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 0
    return CompletedProcess(words, status, out.getvalue(), errors.getvalue())


@contextmanager
def _typed(words: tuple[str, ...], own: dict[str, str]) -> Iterator[None]:
    before, argv = dict(os.environ), sys.argv
    for name in [name for name in before if name.startswith("VERTSDESK_")]:
        del os.environ[name]
    os.environ |= own
    sys.argv = ["vertsdesk", *words]
    try:
        yield
    finally:
        sys.argv = argv
        os.environ.clear()
        os.environ |= before
