"""Someone asks for the figures (`/sla`): of every municipality, or of their own alone."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.cards import statistics as cards
from bot.cards.blocks import Card
from bot.conversation import Commanded, Context, Outgoing, Say
from bot.domain import Refusal
from bot.domain.agreement import Agreement, Municipality
from bot.domain.measures import Measures, Scope
from bot.domain.months import month_of
from bot.domain.people import Person
from bot.domain.periods import Period, read_period, this_month
from bot.domain.sight import sight_of
from bot.measuring import measure
from bot.reports.pictures import page_of, picture_of, reached_at
from bot.reports.sight import may_have
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
    card = _card(period, municipality, agreement, commanded, context)
    return [Say(to=commanded.place, card=card)]


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
    """Return whose figures to show; None is everybody's. Of one's own, everybody sees the sums.

    :raises Refusal: they are others', by the agreement's rule for sharing
    """
    sight = sight_of(speaker, agreement)
    if asked_of is None and may_have(sight, None, agreement):
        return None
    if asked_of is None and speaker.municipality is None:
        raise NoMunicipality
    wanted = asked_of.id if asked_of else speaker.municipality
    if asked_of and asked_of.id != speaker.municipality and not sight.may_measure(asked_of.id):
        raise OthersFigures(municipality=asked_of.name)
    return wanted


def _card(
    period: Period,
    municipality: str | None,
    agreement: Agreement,
    commanded: Commanded,
    context: Context,
) -> Card:
    """Return the figures with a picture of the months, where it can be fetched."""
    scope = Scope(
        cooperation=agreement.id,
        period=period,
        municipalities=frozenset({municipality}) if municipality else None,
    )
    counted = cards.Counted(
        measures=_measured(scope, context),
        period=period,
        municipality=municipality,
        agreement=agreement,
        now=context.now,
    )
    say = texts(context.speaker.language)
    base = reached_at(context.address, commanded.place.platform)
    if base is None:
        return cards.figures(counted, say)
    year = replace(scope, period=month_of(period.last).year_until)
    picture = picture_of(_measured(year, context), base, context.store, context.now, say)
    sight = sight_of(context.speaker, agreement)
    page = page_of(scope, base) if sight.may_measure(municipality) else None
    return cards.figures(counted, say, picture=picture, page=page)


def _measured(scope: Scope, context: Context) -> Measures:
    return measure(context.store, context.agreements, scope, context.now)
