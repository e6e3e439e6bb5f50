"""The table of everything the bot can do: what happens, and who handles it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.conversation import (
    Commanded,
    Context,
    Deleted,
    Edited,
    Inbound,
    Marked,
    Opened,
    Outgoing,
    Pressed,
    Reacted,
    Said,
    Submitted,
)
from bot.domain import Refusal

Says = Sequence[Outgoing]


class UnknownButton(Refusal):
    """A card from another time has a button that nothing answers to any more."""

    key = "refusal.unknown_button"


class UnknownCommand(Refusal):
    key = "refusal.unknown_command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One handler for each kind of event; commands, buttons and forms by their names.

    A form's button, pressed in a message instead of a window, does what *submitted* says.
    *reading*: the commands and buttons that change nothing but what is one's own.
    """

    said: Callable[[Said, Context], Says]
    marked: Callable[[Marked, Context], Says]
    reacted: Callable[[Reacted, Context], Says]
    edited: Callable[[Edited, Context], Says]
    deleted: Callable[[Deleted, Context], Says]
    opened: Callable[[Opened, Context], Says]
    commanded: Mapping[str, Callable[[Commanded, Context], Says]]
    pressed: Mapping[str, Callable[[Pressed, Context], Says]]
    submitted: Mapping[str, Callable[[Submitted | Pressed, Context], Says]]
    reading: frozenset[str] = frozenset()

    def only_reads(self, event: Inbound) -> bool:
        """Tell whether nothing of anybody else's can change by *event*."""
        match event:
            case Commanded(command=name) | Pressed(action=name):
                return name in self.reading
            case _:
                return isinstance(event, Opened)

    def handle(self, event: Inbound, context: Context) -> Says:
        """Return what the handler of *event* has to say.

        :raises Refusal: whatever the handler refuses; a button or command that nobody handles
        """
        match event:
            case Pressed():
                return self._press(event, context)
            case Submitted():
                return self._submit(event, context)
            case Commanded():
                return self._command(event, context)
            case Said():
                return self.said(event, context)
            case Marked():
                return self.marked(event, context)
            case Edited() | Deleted() | Reacted() | Opened():
                return self._afterwards(event, context)
            case _:
                assert_never(event)

    def _press(self, event: Pressed, context: Context) -> Says:
        pressed = self.pressed.get(event.action)
        return pressed(event, context) if pressed else self._submit(event, context)

    def _submit(self, event: Submitted | Pressed, context: Context) -> Says:
        submitted = self.submitted.get(event.action)
        if submitted is None:
            raise UnknownButton
        return submitted(event, context)

    def _command(self, event: Commanded, context: Context) -> Says:
        commanded = self.commanded.get(event.command)
        if commanded is None:
            raise UnknownCommand(command=event.command)
        return commanded(event, context)

    def _afterwards(self, event: Edited | Deleted | Reacted | Opened, context: Context) -> Says:
        match event:
            case Edited():
                return self.edited(event, context)
            case Deleted():
                return self.deleted(event, context)
            case Reacted():
                return self.reacted(event, context)
            case Opened():
                return self.opened(event, context)
            case _:
                assert_never(event)
