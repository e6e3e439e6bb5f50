"""Teams' activities, as far as we read them. Parsed once; what does not fit is not for us.

Our own shapes, wider than the SDK's: a word it does not know shall cost nobody their question.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

THREAD = ";messageid="

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][^\s/?#%\\\x00-\x1f]*$", max_length=512)]


class Payload(BaseModel):
    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        alias_generator=to_camel,
        populate_by_name=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, given: Any) -> Any:
        """Take what is null for what is not there."""
        if not isinstance(given, Mapping):
            return given
        return {name: value for name, value in given.items() if value is not None}


class Who(Payload):
    """Somebody. *id* begins with 29: for a person and with 28: for a bot."""

    id: Id
    aad_object_id: Id | None = None
    name: str = ""
    role: str = ""

    @property
    def is_bot(self) -> bool:
        return self.id.startswith("28:") or self.role == "bot"

    @property
    def user(self) -> str:
        return self.aad_object_id or self.id


class Conversation(Payload):
    """Where something happened. In a channel, *id* also names the thread's first message."""

    id: Id
    tenant_id: str | None = None
    conversation_type: str = ""

    @property
    def is_direct(self) -> bool:
        return self.conversation_type == "personal"

    @property
    def channel(self) -> str:
        return self.id.partition(THREAD)[0]

    @property
    def root(self) -> str | None:
        """The first message of the thread; None where there are no threads."""
        return self.id.partition(THREAD)[2] or None


class Tenant(Payload):
    id: str | None = None


class Team(Payload):
    aad_group_id: str | None = None


class ChannelData(Payload):
    """*event_type* says what kind of change an activity tells of."""

    tenant: Tenant = Tenant()
    team: Team = Team()
    event_type: str = ""


class Mentioned(Payload):
    id: str = ""
    name: str = ""


class Quoted(Payload):
    message_id: Id | None = None


class Entity(Payload):
    type: str = ""
    text: str = ""
    mentioned: Mentioned = Mentioned()
    quoted_reply: Quoted = Quoted()


class Attachment(Payload):
    """A file, a picture, a card. *content* of a file tells where it can be fetched for a while."""

    content_type: str = ""
    name: str = ""
    content_url: str = ""
    content: Any = None


class Reaction(Payload):
    type: str = ""


class Activity(Payload):
    """Something happened. *timestamp* is Teams' own.

    *reply_to_id* is the message that was pressed, or reacted to. *action*: what an installation
    did, "add" or "remove" among others.
    """

    type: str
    action: str = ""
    id: Id
    name: str = ""
    timestamp: datetime | None = None
    locale: str = ""
    from_: Who = Field(alias="from")
    recipient: Mentioned = Mentioned()
    conversation: Conversation
    channel_data: ChannelData = ChannelData()
    entities: tuple[Entity, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reactions_added: tuple[Reaction, ...] = ()
    members_added: tuple[Mentioned, ...] = ()
    members_removed: tuple[Mentioned, ...] = ()
    text: str = ""
    reply_to_id: Id | None = None
    service_url: str = ""
    value: Any = None

    def tenants(self) -> set[str]:
        """Return every tenant that the activity says it is from."""
        told = {self.conversation.tenant_id, self.channel_data.tenant.id}
        return {tenant for tenant in told if tenant}

    @property
    def bot(self) -> str:
        """Our own id, which begins with 28:."""
        return self.recipient.id


class Execute(Payload):
    """A button and what the card's fields hold, all in *data*."""

    verb: str = ""
    data: Mapping[str, Any] = Field(default_factory=dict)


class Press(Payload):
    action: Execute


class Uploading(Payload):
    """Where a file goes that somebody said yes to, and where it will stand then."""

    name: str = ""
    upload_url: str = ""
    content_url: str = ""
    unique_id: str = ""
    file_type: str = ""


class Waiting(Payload):
    """What we sent along with a question about a file."""

    upload: UUID


class Consent(Payload):
    """Somebody's yes or no to a file of ours."""

    action: str = ""
    context: Waiting
    upload_info: Uploading | None = None


class Someone(Payload):
    id: Id | None = None
    display_name: str = ""


class Writer(Payload):
    """Who wrote a message: a person, or a program."""

    user: Someone | None = None


class Body(Payload):
    content_type: str = ""
    content: str = ""


class Message(Payload):
    """A message that stands somewhere, as an action on it tells of it."""

    id: Id
    reply_to_id: Id | None = None
    created_date_time: datetime | None = None
    from_: Writer = Field(default=Writer(), alias="from")
    body: Body = Body()
    link_to_message: str | None = None


class Extension(Payload):
    """Somebody uses our action, on a message (*message_payload*) or from where they write.

    *data* is what the fields hold of the dialog that we showed.
    """

    command_id: str = ""
    command_context: str = ""
    data: Mapping[str, Any] = Field(default_factory=dict)
    message_payload: Message | None = None
