"""How the API answers: with an ETag when all is well, with problem details (RFC 9457) when not."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

PROBLEM = "application/problem+json"
UNCHANGED = 304
HEADERS = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
NO_TOKEN = {"WWW-Authenticate": "Bearer"}


class Mistake(BaseModel):
    """One thing in the address that cannot be understood."""

    parameter: str
    detail: str


class Problem(BaseModel):
    """What is wrong, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[Mistake] = Field(default_factory=list)


class Api(FastAPI):
    """An application whose description says in which form it tells of problems."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            for path in super().openapi()["paths"].values():
                for status, said in path["get"]["responses"].items():
                    if status not in {"200", str(UNCHANGED)}:
                        said["content"] = {PROBLEM: said["content"].pop("application/json")}
        return super().openapi()


def explain_problems(api: FastAPI) -> None:
    """Let every refusal of *api* be a problem that a program can read."""
    api.add_exception_handler(HTTPException, _refused)
    api.add_exception_handler(RequestValidationError, _unclear)
    api.add_exception_handler(Exception, _broken)


def answered(request: Request, told: BaseModel, *, same_as: BaseModel | None = None) -> Response:
    """Answer with *told*; with nothing but 304 to whoever has it already.

    *same_as*: what decides whether it is still the same, when not every word of it does.
    """
    body = told.model_dump_json()
    decides = same_as.model_dump_json() if same_as else body
    weak = "W/" if same_as else ""
    etag = f'{weak}"{sha256(decides.encode()).hexdigest()[:32]}"'
    headers = {**HEADERS, "ETag": etag}
    if _has(request, etag):
        return Response(status_code=UNCHANGED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _has(request: Request, etag: str) -> bool:
    """Tell whether the request names *etag*: weakly compared, as If-None-Match is."""
    named = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    return "*" in named or etag.removeprefix("W/") in {each.removeprefix("W/") for each in named}


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    title = HTTPStatus(status).phrase
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    told = Problem(title=title, status=status, detail="" if detail == title else detail)
    return _told(told, dict(headers or {}))


def _unclear(request: Request, error: Exception) -> Response:
    wrong = error.errors() if isinstance(error, RequestValidationError) else []
    mistakes = [
        Mistake(parameter=".".join(str(part) for part in one["loc"][1:]), detail=one["msg"])
        for one in wrong
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    told = Problem(
        title=status.phrase,
        status=status,
        detail="The address asks for something that cannot be.",
        errors=mistakes,
    )
    return _told(told, {})


def _broken(request: Request, error: Exception) -> Response:
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _told(Problem(title=status.phrase, status=status), {})


def _told(problem: Problem, headers: dict[str, str]) -> Response:
    body = problem.model_dump_json(exclude_defaults=False)
    return Response(body, problem.status, media_type=PROBLEM, headers={**HEADERS, **headers})
