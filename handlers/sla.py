"""Someone asks for the figures (`/sla`): of all, of their municipality, or of what they asked."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.cards import statistics as cards
from bot.cards.blocks import Card, Link, Picture
from bot.conversation import Commanded, Context, Outgoing, Say
from bot.domain import Refusal
from bot.domain.agreement import Agreement, Municipality
from bot.domain.measures import Measures, Scope
from bot.domain.months import month_of
from bot.domain.people import Person, Platform
from bot.domain.periods import Period, read_period, this_month
from bot.domain.sight import sight_of
from bot.measuring import measure
from bot.reports.pictures import page_of, picture_of, pictures_at, reached_at
from bot.reports.sight import may_have
from bot.texts import Texts, texts


class NoMunicipality(Refusal):
    key = "refusal.no_municipality"


class OthersFigures(Refusal):
    """A municipality's figures are for those whom the agreement names, not for this speaker."""

    key = "stats.others"


class NotAReader(OthersFigures):
    """The speaker sees no municipality's figures, only those of what they asked themselves."""

    key = "stats.not_a_reader"


def show_statistics(commanded: Commanded, context: Context) -> Sequence[Outgoing]:
    """Show the figures of the period and municipality in the text; without one, of this month.

    :raises Refusal: the municipality is not the speaker's to look into
    """
    say = texts(context.speaker.language)
    agreement = context.agreement
    asked_of, rest = _municipality_in(_plain(commanded.text), agreement)
    today = agreement.calendar.local_date(context.now)
    period = read_period(rest, today) if rest else this_month(today)
    if period is None:
        return [Say(to=commanded.place, card=cards.unclear(commanded.text, say))]
    scope = _scope(asked_of, period, context.speaker, agreement)
    return [Say(to=commanded.place, card=_card(scope, agreement, commanded, context))]


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


def _scope(
    asked_of: Municipality | None, period: Period, speaker: Person, agreement: Agreement
) -> Scope:
    """Return what to measure. Who sees no figures sees those of what they asked themselves.

    :raises Refusal: they are others', by the agreement's rule for sharing
    """
    sight, everybody = sight_of(speaker, agreement), Scope(cooperation=agreement.id, period=period)
    if asked_of is None and may_have(sight, None, agreement):
        return everybody
    town = asked_of.id if asked_of else speaker.municipality
    if town is None:
        raise NoMunicipality
    of_town = replace(everybody, municipalities=frozenset({town}))
    if sight.may_measure(town):
        return of_town
    if asked_of and town != speaker.municipality:
        refusal = OthersFigures if sight.sees_figures else NotAReader
        raise refusal(municipality=asked_of.name)
    return replace(of_town, asker=speaker.id)


def _card(scope: Scope, agreement: Agreement, commanded: Commanded, context: Context) -> Card:
    """Return the figures with a way to the page, and a picture of the months, where it is seen."""
    say, platform = texts(context.speaker.language), commanded.place.platform
    counted = cards.Counted(
        measures=_measured(scope, context), agreement=agreement, now=context.now
    )
    base = reached_at(context.address, platform)
    link = None if base is None else _link(scope, base, say)
    return cards.figures(counted, say, picture=_picture(scope, platform, context), link=link)


def _link(scope: Scope, base: str, say: Texts) -> Link:
    if scope.asker:
        return Link(label=say("shell.mine"), address=f"{base}/mine")
    return Link(label=say("report.to_page"), address=page_of(scope, base))


def _picture(scope: Scope, platform: Platform, context: Context) -> Picture | None:
    """Return a picture of twelve months; what one person asked is too little for one."""
    base = pictures_at(context.address, platform)
    if base is None or scope.asker:
        return None
    year = replace(scope, period=month_of(scope.period.last).year_until)
    say = texts(context.speaker.language)
    return picture_of(_measured(year, context), base, context.store, context.now, say)


def _measured(scope: Scope, context: Context) -> Measures:
    return measure(context.store, context.agreements, scope, context.now)
