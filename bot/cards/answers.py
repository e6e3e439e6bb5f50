"""Cards that say no, or sorry: kindly, and in words."""

from collections.abc import Iterable

from bot.cards.blocks import Card, Fact, Facts, Text
from bot.domain import Refusal
from bot.domain.people import Account, Profile
from bot.domain.privacy import Kind
from bot.texts import Texts


def refused(refusal: Refusal, say: Texts) -> Card:
    return Card(title=say(refusal.key, **refusal.values))


def apology(number: str, say: Texts) -> Card:
    return Card(title=say("apology", number=number))


def stranger(why: str, say: Texts) -> Card:
    """Return what somebody reads who cannot be placed in a municipality. *why* is a text key."""
    return Card(
        title=say("stranger.title"), body=(Text(text=say(why)), Text(text=say("stranger.why")))
    )


def stranger_for_lead(account: Account, profile: Profile | None, why: str, say: Texts) -> Card:
    """Return what the lead reads about that person, never what the person wrote."""
    email = profile.email if profile and profile.email else say("stranger.lead_no_email")
    name = profile.name if profile else account.user
    who = say("stranger.lead_who", name=name, email=email, user=account.user)
    facts = Facts(facts=(Fact(name=str(account.platform), value=who),))
    help_ = Text(text=say("stranger.lead_help"), subtle=True)
    return Card(title=say("stranger.lead"), body=(Text(text=say(why)), facts, help_))


def masked(kinds: Iterable[Kind], say: Texts) -> Card:
    """Return what who wrote a number of somebody's reads: its kind, and what to do instead."""
    what = say("privacy.what", kinds=", ".join(say(f"privacy.{kind}") for kind in kinds))
    help_ = tuple(Text(text=say(f"privacy.{key}")) for key in ("kept", "chat", "instead"))
    other = Text(text=say("privacy.other"), subtle=True)
    return Card(title=say("privacy.title"), body=(Text(text=what), *help_, other))
