"""What lies in the environment, or in a .env beside it, leads the bot nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ASKED = """
import os
from bot.platforms.teams_app import teams_app
teams = teams_app("aaaaaaaa-0000-4000-8000-000000000001", "secret", "one, two")
print(os.environ.get("PLANTED"), teams.app.api.service_url, teams.tenants)
print(teams.app.options.dangerously_allow_unauthenticated_requests, teams.app.cloud.token_issuer)
"""


def test_a_dotenv_beside_the_program_and_strange_variables_change_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PLANTED=yes\n", "utf-8")
    strange = {
        "SERVICE_URL": "https://somewhere.example",
        "CLOUD": "China",
        "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS": "true",
    }
    ran = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=tmp_path,
        env={**os.environ, **strange, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.splitlines() == [
        "None https://smba.trafficmanager.net/teams ('one', 'two')",
        "False https://api.botframework.com",
    ], ran.stderr
