"""The body of a request, read only as far as anything that is meant for us can go."""

from fastapi import Request

MOST_BYTES = 1_000_000  # what Slack and Teams send stays far below


async def body_of(request: Request) -> bytes | None:
    """Return the body; None when it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return body
