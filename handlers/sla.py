"""Someone asks for the figures (`/sla`): of every municipality, or of their own alone."""

import re
import unicodedata
from collections.abc import Sequence

from bot.cards import statistics as cards
from bot.conversation import Commanded, Context, Outgoing, Say
from bot.domain import Refusal
from bot.domain.aftermath import aftermath
from bot.domain.agreement import Agreement, Municipality
from bot.domain.people import Person
from bot.domain.periods import Period, read_period, this_month
from bot.domain.statistics import measured, only, statistics
from bot.texts import texts


class NoMunicipality(Refusal):
    key = "refusal.no_municipality"


class OthersFigures(Refusal):
    """A municipality's figures are for its own people and the host, not for this speaker."""

    key = "stats.others"


def show_statistics(commanded: Commanded, context: Context) -> Sequence[Outgoing]:
    """Show the figures of the period and municipality in the text; without one, of this month.

    :raises Refusal: the municipality is not the speaker's to look into
    """
    say = texts(context.speaker.language)
    agreement = context.agreement
    asked_of, rest = _municipality_in(_plain(commanded.text), agreement)
    today = agreement.calendar.local_date(context.now)
    period = read_period(rest, today) if rest else this_month(today)
    municipality = _allowed(asked_of, context.speaker, agreement)
    if period is None:
        return [Say(to=commanded.place, card=cards.unclear(commanded.text, say))]
    counted = _counted(period, municipality, agreement, context)
    return [Say(to=commanded.place, card=cards.figures(counted, say))]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _municipality_in(text: str, agreement: Agreement) -> tuple[Municipality | None, str]:
    """Return the member that *text* names, and the rest of it. The longest name wins."""
    names = [
        (name.casefold(), member)
        for member in agreement.municipalities.values()
        for name in (f"{member.name} kommune", member.name, member.id)
    ]
    for name, member in sorted(names, key=lambda named: len(named[0]), reverse=True):
        if found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return member, " ".join(rest.split())
    return None, text


def _allowed(asked_of: Municipality | None, speaker: Person, agreement: Agreement) -> str | None:
    """Return whose figures to show; None is everybody's. A partner sees its own and no other."""
    if speaker.is_host_team or (speaker.is_manager and speaker.municipality == agreement.host):
        return asked_of.id if asked_of else None
    if speaker.municipality is None:
        raise NoMunicipality
    if asked_of and asked_of.id != speaker.municipality:
        raise OthersFigures(municipality=asked_of.name)
    return speaker.municipality


def _counted(
    period: Period, municipality: str | None, agreement: Agreement, context: Context
) -> cards.Counted:
    asked = context.store.tickets.asked_between(*period.moments(agreement.calendar.zone))
    ours = list(only(asked, cooperation=agreement.id, municipality=municipality))
    verdicts = context.store.satisfaction.between(
        agreement.id, period.first, period.last, municipality
    )
    rows = [municipality] if municipality else agreement.municipalities
    return cards.Counted(
        statistics=statistics(measured(ours, context.frozen, context.now), rows),
        period=period,
        municipality=municipality,
        agreement=agreement,
        now=context.now,
        aftermath=aftermath(ours, verdicts),
    )
