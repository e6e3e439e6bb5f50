"""The post: what a handler or a job says goes into the outbox, in the same transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from bot.again import Again
from bot.conversation import Change, Outgoing, Say, Show
from storage.database import Store


def post(said: Iterable[Outgoing], store: Store, now: datetime) -> tuple[Show, ...]:
    """Put in the outbox what may not be lost; return what is only to be shown at once."""
    shown: list[Show] = []
    for outgoing in said:
        match outgoing:
            case Say():
                _put(outgoing, store, now)
            case Change():
                _change(outgoing, store, now)
            case Again():
                store.rewriting.put_once(outgoing.once, outgoing.card, now)
            case Show():
                shown.append(outgoing)
            case _:
                assert_never(outgoing)
    return tuple(shown)


def _change(change: Change, store: Store, now: datetime) -> None:
    if change.message is None:
        store.outbox.redraw(change.slot, change.card, now)
    else:
        store.rewriting.below(change.slot, change.message, change.card, now)


def _put(say: Say, store: Store, now: datetime) -> None:
    store.outbox.put(
        to=say.to,
        card=say.card,
        now=now,
        once=say.once,
        slot=say.slot,
        only_to=say.only_to,
        carries=say.carries,
        file=say.file,
    )
