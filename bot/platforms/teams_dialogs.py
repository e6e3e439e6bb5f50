"""«Spør økonomi» in Teams: a dialog on any message, or from wherever somebody is writing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.cards import forms
from bot.cards.blocks import Card
from bot.conversation import Marked, Shown, Submitted
from bot.domain.events import Via
from bot.domain.people import Account, Place, Platform
from bot.platforms.teams_events import account_of, in_utc, message_key, moment_of
from bot.platforms.teams_links import given
from bot.platforms.teams_payloads import Activity, Extension, Message
from bot.platforms.teams_people import language_of
from bot.platforms.teams_text import plain, readable, written
from bot.render.adaptive_card import MEDIA_TYPE, in_dialog
from bot.texts import Texts, texts

ASKED_FOR, SENT = "composeExtension/fetchTask", "composeExtension/submitAction"
ASK = "ask"  # the one command of ours
HTML = "html"

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dialogs:
    """What somebody does with our action. *now*, in UTC, stands in for a time that is not told."""

    activity: Activity
    tenant: str
    now: datetime

    def opened(self) -> Answer | None:
        """Return the dialog: what the message says, or a field to ask in.

        :raises ValidationError: what they did cannot be read
        """
        extension = self._extension()
        if extension.command_id != ASK:
            return None
        marked = extension.message_payload
        return _dialog(self._about(marked) if marked else self._form({}, {}))

    def sent(self) -> Marked | Submitted | None:
        """Return what somebody sent in the dialog; None when it is none of ours.

        :raises ValidationError: what they did cannot be read
        """
        extension = self._extension()
        if extension.command_id != ASK:
            return None
        marked = extension.message_payload
        return self._marked(marked) if marked else self._submitted(extension)

    def after(self, event: Marked | Submitted, shown: Shown) -> Answer:
        """Close the dialog with a word of where the answer comes, or show it with the errors."""
        if shown.errors and isinstance(event, Submitted):
            return _dialog(self._form(dict(event.fields), dict(shown.errors)))
        return {"task": {"type": "message", "value": self._say("teams.asked")}}

    def _extension(self) -> Extension:
        return Extension.model_validate(self.activity.value)

    def _about(self, message: Message) -> Card:
        return forms.ask_about(_text(message), self._say)

    def _form(self, fields: dict[str, str], errors: dict[str, str]) -> Card:
        return forms.ask_form(self._say, fields, errors)

    def _marked(self, message: Message) -> Marked:
        channel = self.activity.conversation.channel
        thread = self.activity.conversation.root or message.reply_to_id or message.id
        user = message.from_.user
        author = Account(Platform.TEAMS, self.tenant, user.id) if user and user.id else None
        return Marked(
            key=self._key(message.id),
            account=account_of(self.activity, self.tenant),
            at=moment_of(self.activity, self.now),
            place=Place(Platform.TEAMS, channel, thread),
            message=message_key(self.tenant, channel, message.id),
            message_at=in_utc(message.created_date_time, self.now),
            author=author,
            author_profile=None,
            text=_text(message),
            via=Via.SHORTCUT,
            link=given(message.link_to_message),
        )

    def _submitted(self, extension: Extension) -> Submitted:
        data = {name: value for name, value in extension.data.items() if isinstance(value, str)}
        action, value = data.pop("action", ""), data.pop("value", "")
        account = account_of(self.activity, self.tenant)
        return Submitted(
            key=self._key(action),
            account=account,
            at=moment_of(self.activity, self.now),
            place=Place(Platform.TEAMS, account.user),
            action=written(action),
            value=written(value),
            fields={written(name): written(held) for name, held in data.items()},
        )

    def _key(self, what: str) -> str:
        channel = self.activity.conversation.channel
        return f"{message_key(self.tenant, channel, self.activity.id)}:{what}"

    @property
    def _say(self) -> Texts:
        return texts(language_of(self.activity.locale))


def _text(message: Message) -> str:
    body = message.body
    return plain(body.content) if body.content_type == HTML else readable(body.content, ())


def _dialog(card: Card) -> Answer:
    shown = {"contentType": MEDIA_TYPE, "content": in_dialog(card)}
    size = {"width": "medium", "height": "medium"}
    return {"task": {"type": "continue", "value": {"title": card.title, **size, "card": shown}}}
