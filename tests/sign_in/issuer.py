"""An OpenID Connect issuer on this machine: real HTTP, real keys, and told to lie when asked to."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "vertsdesk", "between us: 100 % & more"
Claims = dict[str, Any]


def new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"})


OURS, SOMEBODY_ELSES = new_key("first"), new_key("first")  # the same name, another key


def made_up(header: Claims, claims: Claims, key: RSAKey) -> str:
    """Return a token that anybody could make: not signed, or with what everybody knows."""
    parts = ".".join(_quoted(json.dumps(part).encode()) for part in (header, claims))
    if header["alg"] == "none":
        return f"{parts}."
    public = key.as_pem(private=False)
    return f"{parts}.{_quoted(hmac.digest(public, parts.encode(), 'sha256'))}"


def _quoted(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class PretendIssuer:
    """*person* is who signs in next. *lies* changes a token's claims before it is signed.

    *asked*: what it was asked for at the authorization endpoint. *key* signs; *told* are the keys
    that it tells of. *says*: what its description says beside, or instead.
    """

    clock: Callable[[], datetime]
    address: str = ""
    person: Claims = field(default_factory=dict)
    lies: Callable[[Claims], Claims] = lambda claims: claims
    key: RSAKey = field(default_factory=lambda: OURS)
    told: tuple[RSAKey, ...] = (OURS,)
    algorithm: str = "RS256"
    says: Claims = field(default_factory=dict)
    answers: Claims = field(default_factory=dict)  # beside code and state, or instead of them
    breaks: str = ""  # the path that answers with 500
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, tuple[dict[str, str], Claims]] = field(default_factory=dict)
    signed_out: list[dict[str, str]] = field(default_factory=list)
    hits: list[str] = field(default_factory=list)

    @property
    def description(self) -> Claims:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/end",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            **self.says,
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Sign the person in, and return where their browser goes next."""
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked, dict(self.person)
        answer = {"code": code, "state": asked["state"], **self.answers}
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def redeem(self, form: dict[str, str]) -> tuple[int, Claims]:
        """Give a token for a code, once, to whoever holds its verifier and our secret."""
        asked, person = self.codes.pop(form.get("code", ""), ({}, {}))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = _quoted(digest)
        is_ours = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        same_way = form.get("redirect_uri") == asked.get("redirect_uri")
        if not asked or not is_ours or not same_way or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": self.token(asked, person),
        }

    def token(self, asked: dict[str, str], person: Claims) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **person,
        }
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm == "RS256":
            return jwt.encode(header, self.lies(claims), self.key)
        return made_up(header, claims, self.key)


@contextmanager
def issuing(clock: Callable[[], datetime]) -> Iterator[PretendIssuer]:
    """Open an issuer at a free port."""
    issuer = PretendIssuer(clock)
    server = Server(issuer)
    issuer.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Server(ThreadingHTTPServer):
    def __init__(self, issuer: PretendIssuer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.issuer = issuer


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        issuer, parts = self.server.issuer, urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        issuer.hits.append(parts.path)
        match parts.path:
            case path if path == issuer.breaks:
                self._tell(500, {})
            case "/.well-known/openid-configuration":
                self._tell(200, issuer.description)
            case "/keys":
                self._tell(200, KeySet(list(issuer.told)).as_dict(private=False))
            case "/authorize":
                self._go(issuer.authorize(asked))
            case "/end":
                issuer.signed_out.append(asked)
                self._go(asked["post_logout_redirect_uri"])
            case _:
                self._tell(404, {})

    def do_POST(self) -> None:
        issuer = self.server.issuer
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        issuer.hits.append(self.path)
        self._tell(*((500, {}) if self.path == issuer.breaks else issuer.redeem(form)))

    def _tell(self, status: int, told: Claims) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def _go(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing on the terminal."""
