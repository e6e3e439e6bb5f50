"""Everything that differs between one installation and the next. Nothing is needed for a demo."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.files import OFFICE


class Settings(BaseSettings):
    """Read from the environment, or from ``.env``, with the prefix ``VERTSDESK_``."""

    model_config = SettingsConfigDict(
        env_prefix="VERTSDESK_", env_file=".env", extra="ignore", frozen=True
    )

    database_url: str = "sqlite:///vertsdesk.db"
    agreement: Path | None = None  # default: the HALD agreement that comes along
    host: str = "127.0.0.1"
    port: int = 8000
    log_level: str = "INFO"

    files_largest_mb: int = 10
    files_endings: str = OFFICE  # what names of files may end in, with spaces between
    files_scan_command: str | None = None  # reads a file; ends with 0: harmless, 1: not
    files_scan_url: str | None = None  # is posted a file; 2xx: harmless; 403, 406, 422: not

    public_url: str | None = None  # where people reach `serve`: https://desk.example
    oidc_issuer: str | None = None  # who signs people in, such as https://login.…/TENANT/v2.0
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_tenants: str = ""  # of Entra, with commas between; default: the issuer's own
    secret: SecretStr | None = Field(default=None, min_length=32)  # signs our cookies

    metrics_token: SecretStr | None = Field(default=None, min_length=16)  # who may read /metrics
    worker_metrics_port: int | None = None  # where this machine may read the worker's

    smtp_host: str | None = None  # with it and smtp_from, invitations go by e-mail too
    smtp_port: int = 587
    smtp_starttls: bool = True
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str | None = None

    calendars_inside: bool = False  # whether people's calendars may lie in our own network

    slack_signing_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None  # with it, Socket Mode instead of HTTP
    slack_api_url: str = "https://slack.com/api/"
    team_channel: str | None = None  # the host team's: C0123456789 in Slack, 19:… in Teams

    teams_client_id: str | None = None
    teams_client_secret: SecretStr | None = None
    teams_tenant_id: str | None = None  # or several, with commas between; the bot's own first
