"""`vertsdesk` as it is run at a terminal: a process of its own, with these settings alone."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def vertsdesk(*words: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in *folder*, and wait for it. *settings* lack their VERTSDESK_."""
    others = {name: word for name, word in os.environ.items() if not name.startswith("VERTSDESK_")}
    own = {f"VERTSDESK_{name}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *words],
        env={**others, **own, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
