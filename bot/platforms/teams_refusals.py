"""What Teams says when it does not take a card: whether waiting mends it, and why in words."""

from typing import Any

import httpx

from bot.conversation import NotDelivered

TOO_MANY, TOO_LARGE = 429, 413
FINAL = {400, 403, 404, 410, TOO_LARGE}  # no waiting mends these; a token that is refused it may
PASSING = {  # said with a status that is else final
    "ContentionError",
    "ServiceError",
    "Throttled",
    "TooManyRequests",
}
REASONS = {  # what Teams calls it, and what has happened
    "BotDisabledByAdmin": "the administrator has turned the app off",
    "BotNotInConversationRoster": "the app is not installed there",
    "ConversationBlockedByUser": "they have blocked the app",
    "ConversationNotFound": "there is no such conversation any more",
    "ForbiddenOperationException": "they have blocked or removed the app",
    "MessageSizeTooBig": "the card is too large",
    "MessageWritesBlocked": "they have blocked or removed the app",
    "NotEnoughPermissions": "the app may not write there",
    "ActivityNotFound": "the card is not there any more",
    "UserNotFound": "there is no such person any more",
}


def not_delivered(response: httpx.Response) -> NotDelivered:
    """Return what came of it, in words that hold nothing of what was sent."""
    status, code = response.status_code, _code(response)
    if status == TOO_MANY:
        asked = response.headers.get("Retry-After", "")
        retry_after = float(asked) if asked.isdecimal() else 1.0
        return NotDelivered("Teams asks us to wait", retry_after=retry_after)
    why = f": {REASONS[code]}" if code in REASONS else ""
    final = status in FINAL and code not in PASSING
    return NotDelivered(f"Teams answered {status}{why}", final=final)


def _code(response: httpx.Response) -> str:
    """Return Teams' own name for what is wrong; it stands in one of two places."""
    try:
        told: Any = response.json()
    except (ValueError, httpx.ResponseNotRead):
        return ""
    error = told.get("error") if isinstance(told, dict) else None
    if not isinstance(error, dict):
        return ""
    inner = error.get("innerHttpError") or error.get("innererror")
    body = inner.get("body") if isinstance(inner, dict) else None
    named = [
        error.get("subCode"),
        error.get("code"),
        body.get("code") if isinstance(body, dict) else None,
    ]
    known = [name for name in named if name in REASONS or name in PASSING]
    return str(known[0]) if known else ""
