"""Slack's payloads, as far as we read them. Parsed once; what does not fit is not for us."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.platforms.slack_text import written

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:|-]+$", max_length=255)]
Stamp = Annotated[str, Field(pattern=r"^[0-9]{1,10}(\.[0-9]{1,6})?$")]
Emoji = Annotated[str, Field(pattern=r"^[^\s<>\x00-\x1f]+$", max_length=255)]
ActionId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:|#-]+$", max_length=255)]
Words = Annotated[str, AfterValidator(written)]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(stamp: str) -> datetime:
    """Return the time, in UTC, that Slack's *stamp* tells: seconds since 1970, and a fraction."""
    seconds, _, fraction = stamp.partition(".")
    return EPOCH + timedelta(seconds=int(seconds), microseconds=int(fraction.ljust(6, "0")))


class Payload(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class File(Payload):
    """A file on a message. One that others keep, or that was deleted, has no address in Slack."""

    name: str | None = None
    mimetype: str | None = None
    size: int | None = None
    is_external: bool = False
    url_private: str | None = None
    url_private_download: str | None = None

    @property
    def source(self) -> str | None:
        return None if self.is_external else self.url_private_download or self.url_private


class Attachment(Payload):
    text: str | None = None
    fallback: str | None = None

    @property
    def words(self) -> str:
        return self.text or self.fallback or ""


class Edit(Payload):
    ts: Stamp


class Message(Payload):
    """A message, alone or inside an event about it. Bots and Slack itself may have no *user*."""

    ts: Stamp
    text: str | None = None
    user: Id | None = None
    bot_id: str | None = None
    subtype: str | None = None
    thread_ts: Stamp | None = None
    team: str | None = None
    user_team: str | None = None
    files: tuple[File, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    edited: Edit | None = None

    @property
    def thread(self) -> str:
        return self.thread_ts or self.ts

    @property
    def raw(self) -> str:
        """What it says, with Slack's markup: a forwarded message's words, the names of files."""
        said = [self.text] if self.text else [shared.words for shared in self.attachments]
        return "\n".join(part for part in (*said, *(file.name for file in self.files)) if part)


class MessageEvent(Message):
    """Something happened in a conversation; *subtype* says what, if not simply a message."""

    type: str
    channel: Id
    channel_type: str | None = None
    message: Message | None = None
    previous_message: Message | None = None
    deleted_ts: Stamp | None = None

    @property
    def is_direct(self) -> bool:
        return self.channel_type == "im" or self.channel.startswith("D")


class Item(Payload):
    type: str
    channel: Id
    ts: Stamp


class Reaction(Payload):
    user: Id
    reaction: Emoji
    item: Item
    item_user: Id | None = None
    event_ts: Stamp


class HomeOpened(Payload):
    user: Id
    channel: Id
    tab: str = "home"
    event_ts: Stamp


class Authorization(Payload):
    user_id: Id | None = None
    is_bot: bool = False


class Envelope(Payload):
    """What an event comes in. *team_id* is the workspace where we are installed."""

    team_id: Id
    event: dict[str, Any]
    authorizations: tuple[Authorization, ...] = ()

    @property
    def bot(self) -> str | None:
        """Our own user id, when Slack tells it."""
        return next((one.user_id for one in self.authorizations if one.is_bot), None)


class Who(Payload):
    id: Id
    team_id: str | None = None


class Named(Payload):
    id: Id


class Interaction(Payload):
    """Somebody did something with what we show. An organisation's own app has no *team*."""

    user: Who
    team: Named | None = None

    @property
    def workspace(self) -> str:
        return self.team.id if self.team else self.user.team_id or ""


class Command(Payload):
    command: str
    text: str = ""
    team_id: Id
    user_id: Id
    trigger_id: Id


class Chosen(Payload):
    value: Words = ""


class Held(Payload):
    """What a field holds: words that were written, or the option that was chosen."""

    value: str | None = None
    selected_option: Chosen | None = None

    @property
    def words(self) -> str:
        return self.selected_option.value if self.selected_option else written(self.value or "")


class State(Payload):
    values: Mapping[str, Mapping[str, Held]] = Field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        """Return what every field holds, by its name."""
        blocks = self.values.values()
        return {name: held.words for block in blocks for name, held in block.items()}


class Action(Payload):
    action_id: ActionId
    value: Words = ""
    action_ts: Stamp | None = None


class Container(Payload):
    message_ts: Stamp | None = None
    thread_ts: Stamp | None = None


class Press(Interaction):
    """A button was pressed: in a message, in a window or on somebody's own page."""

    trigger_id: Id
    channel: Named | None = None
    container: Container = Container()
    actions: tuple[Action, ...] = Field(min_length=1)
    state: State | None = None

    def fields(self) -> dict[str, str]:
        return self.state.fields() if self.state else {}


class Shortcut(Interaction):
    """Somebody used our shortcut on a message."""

    callback_id: str
    trigger_id: Id
    action_ts: Stamp | None = None
    channel: Named
    message: Message


class Purpose(Payload):
    """What a window is for: the button that would have sent it in."""

    action: Words
    value: Words = ""


class View(Payload):
    id: Id
    hash: str = ""
    private_metadata: str = ""
    state: State | None = None

    def fields(self) -> dict[str, str]:
        return self.state.fields() if self.state else {}


class Submission(Interaction):
    view: View
