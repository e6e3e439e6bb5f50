"""A pretend Connector service on loopback: the few calls we make, strict about what they carry.

It signs what it tells us with a key of its own, which it shows where Microsoft shows theirs.
"""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm
from microsoft_teams.api.auth.cloud_environment import PUBLIC
from microsoft_teams.apps import App
from microsoft_teams.common import ClientOptions

from bot.platforms.teams_app import Teams
from tests.teams.activities import CLIENT, OLA_ID, TENANT
from tests.teams.card_rules import wrong_with

OPENED = "a:1opened"
ISSUER = "https://pretend.example"
SERVICE = "https://smba.trafficmanager.net/emea/"
KEY = generate_private_key(65537, 2048)


def token(key: RSAPrivateKey = KEY, **claims: Any) -> str:
    """Return what Microsoft sends along to prove that it is Microsoft, and means us."""
    now = int(time.time())
    known = {"iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 3600, "serviceurl": SERVICE}
    return jwt.encode(known | claims, key, algorithm="RS256", headers={"kid": "pretend"})


@dataclass
class Posted:
    """A message of ours, as it stands in Teams now. *tenant*: who had to be asked to open it."""

    conversation: str
    id: str
    card: dict[str, Any]
    summary: str
    versions: int = 1
    attachment: dict[str, Any] = field(default_factory=dict)


@dataclass
class PretendTeams:
    url: str = ""
    posted: list[Posted] = field(default_factory=list)
    opened: list[dict[str, Any]] = field(default_factory=list)
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    refuses: tuple[int, dict[str, str]] | None = None
    says: dict[str, Any] = field(default_factory=dict)  # with what it refuses
    deleted: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def store(self) -> str:
        """Where people's files are: the same machine by another name."""
        return self.url.replace("127.0.0.1", "localhost")

    async def open(self, request: web.Request) -> web.Response:
        self._checked(request)
        wanted = await request.json()
        assert len(wanted["members"]) == 1
        assert wanted["tenantId"] == wanted["channelData"]["tenant"]["id"]
        self.opened.append(wanted)
        [member] = wanted["members"]
        return web.json_response({"id": OPENED if member["id"] == OLA_ID else f"a:{member['id']}"})

    async def post(self, request: web.Request) -> web.Response:
        self._checked(request)
        activity = await request.json()
        card, summary = _card(activity)
        posted = Posted(
            request.match_info["conversation"], f"170000000000{len(self.posted)}", card, summary
        )
        posted.attachment = activity["attachments"][0]
        self.posted.append(posted)
        return web.json_response({"id": posted.id}, status=201)

    async def put(self, request: web.Request) -> web.Response:
        self._checked(request)
        card, summary = _card(await request.json())
        for posted in self.posted:
            if (posted.conversation, posted.id) == (
                request.match_info["conversation"],
                request.match_info["id"],
            ):
                posted.card, posted.summary = card, summary
                posted.versions += 1
                return web.json_response({"id": posted.id})
        return web.json_response({"error": {"code": "ActivityNotFound"}}, status=404)

    async def delete(self, request: web.Request) -> web.Response:
        self._checked(request)
        name = request.match_info["conversation"], request.match_info["id"]
        known = [one for one in self.posted if (one.conversation, one.id) == name]
        if not known:
            return web.json_response({"error": {"code": "ActivityNotFound"}}, status=404)
        self.posted.remove(known[0])
        self.deleted.append(name)
        return web.Response()

    async def file(self, request: web.Request) -> web.Response:
        """Give what somebody shared. Its address is all that opens it."""
        assert "Authorization" not in request.headers
        content = self.files.get(request.match_info["name"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def put_file(self, request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers
        content = await request.read()
        end = len(content)
        assert request.headers["Content-Range"] == f"bytes 0-{end - 1}/{end}"
        self.files[request.match_info["name"]] = content
        return web.Response(status=201)

    async def member(self, request: web.Request) -> web.Response:
        self._checked(request)
        user = request.match_info["user"]
        self.asked.append(user)
        if user not in self.members:
            return web.json_response({"error": {"code": "MemberNotFound"}}, status=404)
        return web.json_response({"id": user} | self.members[user])

    async def keys(self, request: web.Request) -> web.Response:
        key = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
        return web.json_response({"keys": [key | {"kid": "pretend", "use": "sig"}]})

    def _checked(self, request: web.Request) -> None:
        assert request.headers["Authorization"].startswith("Bearer ")
        if self.refuses:
            status, headers = self.refuses
            raise _Refused(status, headers, json.dumps(self.says))


class _Refused(web.HTTPException):
    def __init__(self, status: int, headers: dict[str, str], text: str) -> None:
        self.status_code = status
        super().__init__(headers=headers, text=text, content_type="application/json")


@asynccontextmanager
async def pretend_teams() -> AsyncIterator[PretendTeams]:
    pretend = PretendTeams()
    app = web.Application()
    app.router.add_get("/keys", pretend.keys)
    app.router.add_get("/{tenant}/discovery/v2.0/keys", pretend.keys)
    app.router.add_post("/v3/conversations", pretend.open)
    app.router.add_post("/v3/conversations/{conversation}/activities", pretend.post)
    app.router.add_put("/v3/conversations/{conversation}/activities/{id}", pretend.put)
    app.router.add_delete("/v3/conversations/{conversation}/activities/{id}", pretend.delete)
    app.router.add_get("/v3/conversations/{conversation}/members/{user}", pretend.member)
    app.router.add_get("/files/{name}", pretend.file)
    app.router.add_put("/files/{name}", pretend.put_file)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    pretend.url = f"http://{host}:{port}"
    try:
        yield pretend
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_in(
    pretend: PretendTeams, tenants: tuple[str, ...] = (TENANT,)
) -> AsyncIterator[Teams]:
    """The real SDK, which has a token already and takes the pretend Teams for the real one."""
    app = App(
        client_id=CLIENT,
        tenant_id=TENANT,
        token=lambda _scope, _tenant: token(),
        service_url=pretend.url,
        client=ClientOptions(timeout=2),
        cloud=replace(
            PUBLIC,
            token_issuer=ISSUER,
            openid_metadata_url=f"{pretend.url}/openidconfiguration",
            login_endpoint=f"{pretend.url}",
        ),
    )
    service = frozenset({"https://smba.trafficmanager.net", pretend.url})
    teams = Teams(app, tenants, service, frozenset({pretend.store}))
    yield teams
    await teams.close()


def _card(activity: dict[str, Any]) -> tuple[dict[str, Any], str]:
    [attachment] = activity["attachments"]
    assert activity["type"] == "message"
    if attachment["contentType"] == "application/vnd.microsoft.card.adaptive":
        assert wrong_with(attachment["content"]) == []
        return attachment["content"], activity["summary"]
    assert attachment["contentType"].startswith("application/vnd.microsoft.teams.card.file.")
    assert attachment["name"]
    return {}, activity["summary"]
