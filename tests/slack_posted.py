"""What we have put into the pretend Slack, as people see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Payload = dict[str, Any]


def direct(user: str) -> str:
    """Return the channel where *user* and the bot talk; a channel stays what it is."""
    return f"D{user[1:]}" if user.startswith("U") else user


@dataclass(frozen=True)
class Call:
    """One call of one method, as it came in."""

    method: str
    payload: Payload


@dataclass
class Posted:
    """A message of ours, as it stands in Slack now."""

    channel: str
    ts: str
    text: str
    blocks: list[Payload]
    thread_ts: str | None = None
    only_to: str | None = None
    versions: int = 1

    @property
    def words(self) -> str:
        """Everything a person can read in it, with Slack's entities."""
        return "\n".join(_words(self.blocks))

    @property
    def title(self) -> str:
        return str(self.blocks[0]["text"]["text"])

    def buttons(self) -> list[Payload]:
        rows = [block["elements"] for block in self.blocks if block["type"] == "actions"]
        return [button for row in rows for button in row]

    def button(self, action: str, value: str | None = None) -> Payload:
        """Return the one button that does *action* (with *value*, when several do)."""
        [found] = [
            button
            for button in self.buttons()
            if button["action_id"].partition("#")[0] == action and value in {None, button["value"]}
        ]
        return found


def _words(part: Any) -> Iterator[str]:
    match part:
        case {"type": "plain_text" | "mrkdwn", "text": str(text)}:
            yield text
        case dict():
            for value in part.values():
                yield from _words(value)
        case list():
            for value in part:
                yield from _words(value)
