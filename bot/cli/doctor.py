"""`vertsdesk doctor`: is everything in place? What is missing, and how to mend each."""

import asyncio
import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime

from pydantic import SecretStr, ValidationError
from rich.console import Console

from bot.agreements import HALD, AgreementError, read_agreement
from bot.checkup import Finding, Level
from bot.checkup.chats import Chats, check_chats
from bot.checkup.cover import check_cover
from bot.checkup.findings import error, ok, warning
from bot.checkup.members import check_members
from bot.checkup.orders import check_approvers
from bot.checkup.roles import check_accounts, check_roles
from bot.checkup.sign_in import SignIn, check_sign_in
from bot.cli.terminal import plain, table, terminal
from bot.clock import wall_clock
from bot.conversation import NotDelivered
from bot.domain.agreement import Agreement
from bot.domain.order_forms import OrderForm
from bot.letting_in import issuer_of
from bot.orders import read_orders
from bot.platforms.oidc import Issuer, IssuerTrouble
from bot.platforms.slack_greeting import greet_slack
from bot.settings import Settings
from storage.database import Database
from storage.health import Health, State, health

PREFIX = "VERTSDESK_"
TESTS = "VERTSDESK_TEST_"  # what the tests are told, and the program never reads
STYLES = {Level.OK: "green", Level.WARNING: "yellow", Level.ERROR: "bold red"}
ABOUT = """Look at the settings, the database, the tokens, the agreement and the people, and say how
to mend what is missing. Nothing is changed, and no token is shown. The exit status is 1 when there
is an error; warnings alone leave it at 0."""


def add(commands: "_SubParsersAction[ArgumentParser]") -> None:
    doctor = commands.add_parser(
        "doctor", help="say what is missing, and how to mend it", description=ABOUT
    )
    doctor.add_argument("--online", action="store_true", help="ask Slack and the issuer too")
    doctor.set_defaults(run=_run)


def examined(
    settings: Settings, environment: Mapping[str, str], *, now: datetime, online: bool = False
) -> Iterator[Finding]:
    """Yield every finding about this installation. Only with *online* is anybody else asked."""
    yield from _check_names(environment)
    yield from check_chats(_chats(settings))
    if online and settings.slack_bot_token:
        yield _greeted(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    yield from check_sign_in(_sign_in(settings))
    if online and (issuer := issuer_of(settings, lambda: now)):
        yield _described(issuer)
    agreement: Agreement | None = None
    forms: Mapping[str, OrderForm] = {}
    path = settings.agreement or HALD
    try:
        agreement = read_agreement(path)
        forms = read_orders(path.with_suffix(""), agreement)
    except AgreementError as wrong:
        mend = "Mend the file, or set VERTSDESK_AGREEMENT to another"
        yield error("agreement", str(wrong), mend)
    else:
        yield ok("agreement", f"{agreement.name}, version {agreement.version}")
        yield from check_members(agreement)
    database = health(settings.database_url)
    yield _told(database)
    if agreement and database.state is State.READY:
        yield from _people(settings.database_url, agreement, forms, now)


def draw(findings: list[Finding], console: Console) -> None:
    drawn = table("", "what", "how it is", "how to mend it")
    for found in findings:
        level = plain(found.level, STYLES[found.level])
        drawn.add_row(level, plain(found.about), plain(found.says), plain(found.mend))
    console.print(drawn)
    counted = {level: sum(found.level is level for found in findings) for level in Level}
    console.print(
        f"{counted[Level.OK]} ok, {counted[Level.WARNING]} warnings, {counted[Level.ERROR]} errors."
    )


def _run(words: Namespace) -> int:
    try:
        settings = Settings()
    except ValidationError as wrong:
        findings = list(_refused(wrong))
    else:
        findings = list(examined(settings, os.environ, now=wall_clock(), online=words.online))
    draw(findings, terminal())
    return 1 if any(found.level is Level.ERROR for found in findings) else 0


def _refused(wrong: ValidationError) -> Iterator[Finding]:
    for one in wrong.errors(include_input=False, include_url=False):
        name = f"{PREFIX}{'.'.join(str(part) for part in one['loc']).upper()}"
        yield error("settings", f"{name}: {one['msg']}", f"Set {name} as the README says")


def _check_names(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the variables that look like settings of ours, and are none: a slip of the pen."""
    ours = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    like_ours = {name for name in environment if name.upper().startswith(PREFIX)}
    unknown = sorted(
        name for name in like_ours if name.upper() not in ours and not name.startswith(TESTS)
    )
    for name in unknown:
        yield warning("settings", f"{name} is no setting", "Check its spelling in the README")
    if not unknown:
        yield ok("settings", "every one is known")


def _chats(settings: Settings) -> Chats:
    return Chats(
        slack_bot_token=_open(settings.slack_bot_token),
        slack_app_token=_open(settings.slack_app_token),
        slack_signing_secret=_open(settings.slack_signing_secret),
        team_channel=settings.team_channel,
        teams_client_id=settings.teams_client_id,
        teams_client_secret=_open(settings.teams_client_secret),
        teams_tenant_id=settings.teams_tenant_id,
    )


def _sign_in(settings: Settings) -> SignIn:
    return SignIn(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=_open(settings.oidc_client_secret),
        tenants=settings.oidc_tenants,
        secret=_open(settings.secret),
        public_url=settings.public_url,
    )


def _described(issuer: Issuer) -> Finding:
    try:
        described = asyncio.run(issuer.described())
    except IssuerTrouble as trouble:
        mend = "Check VERTSDESK_OIDC_ISSUER, and that this machine reaches it"
        return error("issuer", f"it does not describe itself as it should: {trouble}", mend)
    return ok("issuer", f"it is {described.issuer}")


def _open(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def _greeted(token: str, api_url: str) -> Finding:
    try:
        return ok("Slack", f"it knows us as {asyncio.run(greet_slack(token, api_url))}")
    except NotDelivered as refused:
        mend = "Check the bot token, and that this machine reaches the address"
        return error("Slack", f"it did not answer as it should: {refused}", mend)


def _told(database: Health) -> Finding:
    """Say how the database is, and what to do about it."""
    match database.state:
        case State.READY:
            return ok("database", "it is there, with every table")
        case State.BEHIND:
            says, mend = "its tables are not this program's", "Run `vertsdesk migrate`"
        case State.MISSING:
            says, mend = "the file is not there yet", "Run `vertsdesk migrate`"
        case State.UNREACHABLE:
            says = f"it cannot be reached: {database.why}"
            mend = "Start it, or check VERTSDESK_DATABASE_URL"
        case State.NO_ADDRESS:
            says = "VERTSDESK_DATABASE_URL is no address of a database"
            mend = "Write sqlite:///vertsdesk.db or postgresql://user:password@host/name"
    return error("database", says, mend)


def _people(
    url: str, agreement: Agreement, forms: Mapping[str, OrderForm], now: datetime
) -> Iterator[Finding]:
    with closing(Database(url)) as database, database.reading() as store:
        people, accounts = store.people.everybody(), store.people.accounts()
    if not people:
        mend = "Write a list and run `vertsdesk people import FILE`"
        yield error("people", "nobody is in the directory, so nobody can answer", mend)
        return
    yield ok("people", f"{len(people)} are in the directory")
    yield from check_roles(agreement, people)
    yield from check_accounts(people, accounts)
    yield from check_approvers(agreement, forms, people)
    yield from check_cover(agreement, people, now)
