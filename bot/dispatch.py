"""One inbound event, one transaction, one handler. Every event passes here.

Plain Python: a door calls it in a thread, and when it returns everything is committed.
"""

from dataclasses import dataclass
from datetime import datetime
from traceback import format_tb

import structlog

from bot.cards import answers
from bot.cards.blocks import Card
from bot.conversation import (
    Commanded,
    Context,
    Desk,
    FormIncomplete,
    Inbound,
    Marked,
    Opened,
    Pressed,
    Said,
    Say,
    Shown,
    Submitted,
)
from bot.discretion import discreet, warnings
from bot.domain import Refusal
from bot.domain.agreement import Agreement
from bot.domain.people import Account, Person, Place
from bot.post import post
from bot.reception import Reception
from bot.table import Table
from bot.texts import texts
from storage.database import Store

log = structlog.get_logger()


class ReadsOnly(Refusal):
    """An auditor reads all and changes nothing."""

    key = "refusal.reads_only"


@dataclass(frozen=True, slots=True)
class Dispatcher:
    desk: Desk
    table: Table

    def __call__(self, event: Inbound) -> Shown:
        """Handle *event*, commit what came of it, and return what is to be shown at once."""
        try:
            shown = self._committed(event, self.desk.clock())
        except FormIncomplete as incomplete:  # nothing happened: the same window may be sent again
            self.desk.metrics.handled(event, is_refused=True)
            return Shown(errors=incomplete.errors, redrawn=incomplete.redrawn, is_refused=True)
        self.desk.metrics.handled(event, is_refused=shown.is_refused)
        log.info("event.handled", kind=type(event).__name__, key=event.key)
        return shown

    def knows(self, account: Account) -> bool:
        """Tell whether a door must ask the platform who *account* is."""
        with self.desk.database.reading() as store:
            return store.people.by_account(account) is not None

    def _committed(self, event: Inbound, now: datetime) -> Shown:
        with self.desk.database.transaction() as store:
            if not store.seen.first_time(event.key, now):
                log.info("event.seen_before", key=event.key)
                return Shown()
            return self._answer(event, store, now)

    def _answer(self, event: Inbound, store: Store, now: datetime) -> Shown:
        """Let the handler answer. A refusal or a bug undoes its work, and is explained."""
        agreement = self._agreement(now)
        reception = Reception(agreement, store, self.desk.new_id, now)
        speaker = reception.meet(event.account, event.profile, _own_channel(event))
        if not isinstance(speaker, Person):
            log.info("event.stranger", key=event.key, why=speaker.why)
            if _is_meant_for_us(event):
                to = Place(event.account.platform, _own_channel(event))
                said = reception.turn_away(speaker, event.account, event.profile, to)
                post(said, store, now)
            return Shown(is_refused=True)
        context = self._context(event, speaker, store, now)
        return self._handled(event, context)

    def _handled(self, event: Inbound, context: Context) -> Shown:
        say = texts(context.speaker.language)
        event, kinds = discreet(event)  # from here on nobody sees, keeps or sends the numbers
        try:
            with context.store.savepoint():
                self._check_may_change(event, context.speaker)
                said = self.table.handle(event, context)
                told = warnings(event, kinds, context) if said or _is_meant_for_us(event) else []
                return Shown(cards=post([*said, *told], context.store, context.now))
        except FormIncomplete as incomplete:
            if isinstance(event, Submitted) or (isinstance(event, Pressed) and event.redraws):
                raise
            return self._explained(event, incomplete.redrawn, context)
        except Refusal as refusal:
            log.info("event.refused", key=event.key, why=refusal.key)
            return self._explained(event, answers.refused(refusal, say), context)
        except Exception as bug:  # noqa: BLE001 - a bug is apologised for, and nobody waits in vain
            self.desk.metrics.failed(event)
            number = str(context.new_id())[-6:]
            # Without the error's own words, which may hold what somebody wrote.
            where, fault = "".join(format_tb(bug.__traceback__)), type(bug).__name__
            log.error("event.failed", number=number, key=event.key, error=fault, where=where)  # noqa: TRY400
            return self._explained(event, answers.apology(number, say), context)

    def _check_may_change(self, event: Inbound, speaker: Person) -> None:
        if speaker.is_reader_only and not self.table.only_reads(event):
            raise ReadsOnly

    def _explained(self, event: Inbound, card: Card, context: Context) -> Shown:
        """Tell who acted, and nobody else, why nothing came of it."""
        if not _is_meant_for_us(event):
            return Shown()
        is_press = isinstance(event, Pressed)
        own = Place(event.account.platform, _own_channel(event))
        to = event.place if is_press or _is_direct(event) else own
        say = Say(to=to, card=card, only_to=event.account if is_press else None)
        return Shown(cards=post([say], context.store, context.now), is_refused=True)

    def _context(self, event: Inbound, speaker: Person, store: Store, now: datetime) -> Context:
        desk = self.desk
        return Context(
            speaker=speaker,
            now=now,
            at=event.at,
            new_id=desk.new_id,
            agreements=desk.agreements,
            understand=desk.understand,
            team=desk.team,
            store=store,
            address=desk.outside.address,
        )

    def _agreement(self, now: datetime) -> Agreement:
        return self.desk.agreements.current_at(now)


def _own_channel(event: Inbound) -> str:
    """Return the channel where only this person and the bot read; the user's own id opens one."""
    return event.place.channel if _is_direct(event) else event.account.user


def _is_direct(event: Inbound) -> bool:
    if isinstance(event, Said):
        return event.is_direct
    return isinstance(event, Commanded | Submitted | Opened)


def _is_meant_for_us(event: Inbound) -> bool:
    """Tell whether somebody expects an answer; other people's talk is none of our business."""
    if isinstance(event, Said):
        return event.to_us
    return isinstance(event, Commanded | Pressed | Marked | Submitted)
