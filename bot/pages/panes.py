"""What one pane of the chat shows: who somebody is, their conversations, and the lines in one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.domain.agreement import Agreement
from bot.domain.people import Person, PersonId, Role
from bot.texts import Texts, texts
from storage.database import Store
from storage.web_messages import TEAM, Line, may_read

HUES = 6  # colours of the round marks with people's initials
LABELS = (Role.AUDITOR, Role.LEAD, Role.HOST_TEAM, Role.MANAGER, Role.ADMIN)  # first of all


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Somebody to be, as the list shows them."""

    id: PersonId
    name: str
    does: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    name: str
    people: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A line with what is shown around it. *time* is local; a bot has no *initials*.

    *files*: the ids and names of those that stand on it.
    """

    line: Line
    name: str
    initials: str
    hue: int
    time: str
    files: Sequence[tuple[UUID, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    root: Utterance
    replies: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """*side* begins every id in the pane; *version* is that of the chat when it was read."""

    side: str
    person: Person
    does: str
    channel: str
    towns: tuple[Town, ...]
    threads: tuple[Thread, ...]
    version: int

    @property
    def say(self) -> Texts:
        return texts(self.person.language)

    @property
    def is_team(self) -> bool:
        return self.channel == TEAM


@dataclass(frozen=True, slots=True)
class Drawer:
    """What every pane on a page is drawn from."""

    store: Store
    agreement: Agreement

    def pane(self, side: str, person: Person, channel: str) -> Pane:
        """Return *person*'s pane; a *channel* that is not theirs becomes their own."""
        shown = channel if may_read(person, channel) else person.id
        messages, version = self.store.web_messages, self.store.web_messages.version()
        uttered = self._utterances(messages.latest(shown, person.id), person)
        threads = [_thread(root, uttered) for root in uttered if root.line.thread is None]
        return self._pane(side, person, shown, version, threads)

    def pane_with_news(self, side: str, person: Person, channel: str, since: int) -> Pane:
        """Return the pane with the lines after version *since*, each by itself."""
        messages, version = self.store.web_messages, self.store.web_messages.version()
        uttered = self._utterances(messages.changed(channel, person.id, since), person)
        alone = [Thread(root=line, replies=()) for line in uttered]
        return self._pane(side, person, channel, version, alone)

    def _pane(
        self, side: str, person: Person, channel: str, version: int, threads: Iterable[Thread]
    ) -> Pane:
        say = texts(person.language)
        return Pane(
            side=side,
            person=person,
            does=self._does_where(person, say),
            channel=channel,
            towns=self.towns(person, say),
            threads=tuple(threads),
            version=version,  # read before the lines: what comes between, comes again
        )

    def _utterances(self, lines: Iterable[Line], reader: Person) -> Sequence[Utterance]:
        directory, say, shown = self.store.people.directory(), texts(reader.language), list(lines)
        files = self.store.web_files.on(line.number for line in shown)
        uttered = [self._utterance(line, directory, say) for line in shown]
        return [replace(each, files=files.get(each.line.number, ())) for each in uttered]

    def _utterance(self, line: Line, directory: Mapping[PersonId, Person], say: Texts) -> Utterance:
        author = directory.get(line.author) if line.author else None
        return Utterance(
            line=line,
            name=author.name if author else say("page.bot"),
            initials=_initials(author.name) if author else "",
            hue=sum(map(ord, author.id)) % HUES if author else 0,
            time=say.time(line.at),
        )

    def _does_where(self, person: Person, say: Texts) -> str:
        town = self.agreement.municipalities.get(person.municipality or "")
        does = _does(person, self.agreement, say)
        return f"{does} · {town.name}" if town else does

    def towns(self, chosen: Person, say: Texts) -> tuple[Town, ...]:
        """Return everybody there is to be, by where they are employed; *chosen* is marked."""
        everybody = self.store.people.everybody()
        names = {town.id: town.name for town in self.agreement.municipalities.values()}
        living: dict[str, list[Neighbour]] = {name: [] for name in names.values()}
        for person in everybody:
            home = names.get(person.municipality or "", say("page.no_municipality"))
            neighbour = _neighbour(person, chosen, self.agreement, say)
            living.setdefault(home, []).append(neighbour)
        return tuple(
            Town(name=name, people=tuple(people)) for name, people in living.items() if people
        )


def _neighbour(person: Person, chosen: Person, agreement: Agreement, say: Texts) -> Neighbour:
    does = _does(person, agreement, say)
    return Neighbour(id=person.id, name=person.name, does=does, is_chosen=person.id == chosen.id)


def _does(person: Person, agreement: Agreement, say: Texts) -> str:
    """Return what *person* does: the agreement's own role if they have one, else a built-in one."""
    own = next((role for role in agreement.roles if role in person.roles), None)
    if own and Role.LEAD not in person.roles:
        return agreement.roles[own]
    role = next((role for role in LABELS if role in person.roles), Role.ASKER)
    return say(f"page.role.{role.replace('-', '_')}")


def _thread(root: Utterance, uttered: Iterable[Utterance]) -> Thread:
    below = str(root.line.number)
    replies = tuple(utterance for utterance in uttered if utterance.line.thread == below)
    return Thread(root=root, replies=replies)


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper()
