"""Reception: who is behind an account? Known people and newcomers get in, strangers do not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.cards import answers
from bot.cards.linking import question
from bot.conversation import Say
from bot.domain.agreement import Agreement, Who
from bot.domain.people import Account, Language, Person, PersonId, Place, Profile, Role
from bot.domain.placing import Known, Newcomer, Stranger, Why, place
from bot.domain.routing import holders
from bot.texts import texts
from storage.database import Store


@dataclass(frozen=True, slots=True)
class Reception:
    """Meets accounts for the desk, inside one transaction."""

    agreement: Agreement
    store: Store
    new_id: Callable[[], UUID]
    now: datetime

    def meet(self, account: Account, profile: Profile | None, channel: str) -> Person | Stranger:
        """Return who *account* is. Somebody placed now is remembered; *channel* reaches them."""
        known = self.store.people.by_account(account)
        if known:
            return known
        if profile is None:
            return Stranger(Why.NO_EMAIL)
        same_email = self.store.people.by_email(profile.email)
        placed = place(profile, same_email, self.agreement.municipalities.values())
        if isinstance(placed, Stranger):
            return placed
        if isinstance(placed, Known) and (there := self.store.people.place_of(placed.person)):
            return self._perhaps(placed, there, profile, account, channel)
        person = self._person(placed)
        self.store.people.link(person.id, account, channel)
        return person

    def _perhaps(
        self, placed: Known, there: Place, profile: Profile, account: Account, channel: str
    ) -> Person:
        """Let somebody with a known address in, and ask them in both chats who they are.

        Until they have said so in both, an address makes them a colleague of that person, no more.
        """
        people = self.store.people
        known = people.get(placed.person)
        name, language = profile.name.strip() or known.name, profile.language
        newcomer = Person(
            id=PersonId(str(self.new_id())),
            name=name,
            municipality=known.municipality,
            language=language,
        )
        people.introduce(newcomer)
        people.link(newcomer.id, account, channel)
        link, here = self.new_id(), Place(account.platform, channel)
        self.store.links.begin(link, known.id, self.now, other=newcomer.id)
        for to, reader, about, on in (
            (here, newcomer, known, there.platform),
            (there, known, newcomer, here.platform),
        ):
            card = question(link, about.name, on, texts(reader.language))
            self.store.outbox.put(to=to, card=card, now=self.now, once=f"link:{link}:{reader.id}")
        return newcomer

    def _person(self, placed: Known | Newcomer) -> Person:
        if isinstance(placed, Known):
            return self.store.people.get(placed.person)
        newcomer = Person(
            id=PersonId(str(self.new_id())),
            name=placed.name,
            email=placed.email,
            municipality=placed.municipality,
            roles=frozenset({Role.ASKER}),
            language=placed.language,
        )
        return self.store.people.welcome(newcomer)

    def turn_away(
        self, stranger: Stranger, account: Account, profile: Profile | None, to: Place
    ) -> list[Say]:
        """Return a polite card to the stranger, and a word to the lead, once for each account."""
        why = f"stranger.{stranger.why}"
        language = profile.language if profile else Language.NB
        said = [Say(to=to, card=answers.stranger(why, texts(language)))]
        for lead in holders(Who(self.agreement.lead), self.store.people.everybody()):
            place_of_lead = self.store.people.place_of(lead.id)
            if place_of_lead:
                card = answers.stranger_for_lead(account, profile, why, texts(lead.language))
                once = f"stranger:{account.platform}:{account.tenant}:{account.user}:{lead.id}"
                said.append(Say(to=place_of_lead, card=card, once=once))
        return said
