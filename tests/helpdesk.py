"""A whole helpdesk for tests: real rules, real database, pretend chats and a clock we wind.

The pretend chats are strict: a card for somebody they do not know fails the test, and so does a
card that the test has not heard of when it ends. So does any card that lets a municipality see
another's ticket.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.cards.blocks import Button, Card, Input, Select
from bot.conversation import (
    Commanded,
    Deleted,
    Edited,
    Marked,
    Opened,
    Pressed,
    Reacted,
    Said,
    Show,
    Submitted,
)
from bot.domain.events import Via
from bot.domain.files import SharedFile
from bot.domain.people import Place, Platform, Profile
from tests.at_work import AtWork
from tests.office import AGREEMENT, MONDAY_NINE, understand_hald
from tests.pretend_chat import TEAM

__all__ = [
    "AGREEMENT",
    "INVOICE",
    "LAPTOP",
    "MONDAY_NINE",
    "TEAM",
    "VAT",
    "Helpdesk",
    "understand_hald",
]

Files = Sequence[tuple[str, bytes]]  # names, and what is in them

VAT = "Når må mva-kompensasjonen for 1. termin være sendt?"  # the host's
INVOICE = "Hvem lager kreditnota på en faktura vi har sendt?"  # the partner's own
LAPTOP = "PC-en min får ikke kontakt med skriveren"  # HALD-IKT's


class Helpdesk(AtWork):
    """What people do. They are known by their first name."""

    def asks(self, name: str, text: str, *, profile: Profile | None = None) -> str:
        """Write to the bot directly; return the number of the newest ticket."""
        message = self.new_key()
        self.says(name, text, message=message, thread=message, profile=profile)
        return self.newest_number()

    def says(
        self,
        name: str,
        text: str,
        *,
        channel: str | None = None,
        thread: str | None = None,
        message: str | None = None,
        to_us: bool = True,
        at: datetime | None = None,
        profile: Profile | None = None,
        files: Files = (),
        link: str | None = None,
    ) -> None:
        message = message or self.new_key()
        place = Place(self.homes[name], channel or name, thread or message)
        self.happens(
            Said(
                key=message,
                account=self.account(name),
                at=at or self.now,
                profile=profile,
                place=place,
                message=message,
                text=text,
                to_us=to_us,
                is_direct=channel is None,
                files=self._shared(name, files),
                link=link,
            )
        )

    def replies(
        self,
        name: str,
        text: str,
        *,
        number: str | None = None,
        below: str = "asker",
        files: Files = (),
    ) -> str:
        """Write in the thread below a standing card; return the key of the message."""
        place = self.slot_place(number, below)
        self._is_there(name, place)
        message = self.new_key()
        self.happens(
            Said(
                key=message,
                account=self.account(name, place.platform),
                at=self.now,
                place=place,
                message=message,
                text=text,
                to_us=place.channel == name,
                is_direct=place.channel == name,
                files=self._shared(name, files),
            )
        )
        return message

    def commands(self, name: str, command: str, text: str = "") -> None:
        place = Place(self.homes[name], name)
        self.happens(
            Commanded(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=place,
                command=command,
                text=text,
                trigger=self._trigger(name),
            ),
            who=name,
        )

    def marks(
        self, name: str, author: str, text: str | None, *, written: datetime | None = None, **more
    ) -> None:
        """Put the ticket emoji on what *author* wrote in a channel."""
        message = more.get("message") or self.new_key()
        self.happens(
            Marked(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=Place(self.homes[name], more.get("channel", "C-all"), message),
                message=message,
                message_at=written or self.now,
                author=self.account(author),
                author_profile=more.get("author_profile"),
                text=text,
                via=Via.REACTION,
                link=more.get("link"),
            )
        )

    def reacts(self, name: str, emoji: str, *, number: str | None = None) -> None:
        place = self.slot_place(number, "asker")
        self._is_there(name, place)
        self.happens(
            Reacted(
                key=self.new_key(),
                account=self.account(name, place.platform),
                at=self.now,
                place=place,
                message="some message",
                emoji=emoji,
            )
        )

    def edits(self, name: str, message: str, text: str) -> None:
        place = Place(self.homes[name], name)
        self.happens(
            Edited(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=place,
                message=message,
                text=text,
            )
        )

    def deletes(self, name: str, message: str) -> None:
        place = Place(self.homes[name], name)
        self.happens(
            Deleted(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=place,
                message=message,
            )
        )

    def presses(self, name: str, action: str, *, on: str | None = None, task: str = "") -> None:
        """Press a button that *name* sees now, on their own cards or else on the team's."""
        self.press(name, self.button(name, action, on=on, task=task), channel=on)

    def press(self, name: str, button: Button, *, channel: str | None = None) -> None:
        self.happens(self.pressed(name, button, channel=channel), who=name)

    def pressed(self, name: str, button: Button, *, channel: str | None = None) -> Pressed:
        return Pressed(
            key=self.new_key(),
            account=self.account(name),
            at=self.now,
            place=Place(self.homes[name], channel or name),
            action=button.action,
            value=button.value,
            trigger=self._trigger(name),
        )

    def fills_in(self, name: str, **fields: str) -> None:
        """Send in the form that *name* has before them: in a window, or in Teams in a message."""
        form = self.shown[name].card
        [send] = form.buttons()
        known = {block.name for block in form.body if isinstance(block, Input | Select)}
        assert set(fields) <= known, f"the form has only {known}"
        if self.homes[name] is Platform.TEAMS:
            event = replace(self.pressed(name, send), fields=fields)
            self.happens(event, who=name)
            self._looks_again(name, form)
            return
        self.happens(
            Submitted(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=Place(self.homes[name], name),
                action=send.action,
                value=send.value,
                fields=fields,
            ),
            who=name,
        )

    def _looks_again(self, name: str, form: Card) -> None:
        """See what is wrong with a form that came back, in a message of its own."""
        came = self.chat_of(name).unheard.get(name, [])
        if came and came[-1].title == form.title:
            again = came.pop()
            fields = [block for block in again.body if isinstance(block, Input | Select)]
            self.shown[name] = Show(card=again)
            self.problems[name] = {field.name: field.error for field in fields if field.error}

    def _shared(self, name: str, files: Files) -> tuple[SharedFile, ...]:
        return tuple(self.chat_of(name).has_file(*file) for file in files)

    def _trigger(self, name: str) -> str | None:
        """Return what opens a window; Teams gives none."""
        return None if self.homes[name] is Platform.TEAMS else "t"

    def _is_there(self, name: str, place: Place) -> None:
        """Let who writes at *place* have an account there, as some of the host's team do."""
        if place.platform is not self.homes[name]:
            self.is_also_on(name, place.platform)

    def answers(self, name: str, text: str) -> None:
        """Answer with the button on the team's card."""
        self.presses(name, "ticket.answer", on=TEAM)
        self.fills_in(name, text=text)

    def opens_page(self, name: str) -> Card:
        place = Place(self.homes[name], name)
        opened = Opened(key=self.new_key(), account=self.account(name), at=self.now, place=place)
        self.happens(opened, who=name)
        return self.shown[name].card
