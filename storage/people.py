"""People, their absences, and their accounts on each platform."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, case, or_, select
from sqlalchemy.orm import Session

from bot.domain.people import Absence, Account, Language, Person, PersonId, Place, Platform
from bot.domain.placing import tidy
from storage.models import AbsenceRow, AccountRow, PersonRow
from storage.once import first

# Norwegian ends in æ, ø, å; Unicode has å first. Sorted here, since databases disagree as well.
ALPHABET = str.maketrans("å", "ÿ")


class People:
    def __init__(self, session: Session) -> None:
        self._session = session

    def introduce(self, person: Person) -> None:
        """Let the directory say of *person* exactly this, absences included. Accounts stay.

        :raises sqlalchemy.exc.IntegrityError: somebody else has the e-mail address
        """
        row = self._session.get(PersonRow, person.id)
        if row is None:
            row = PersonRow(id=person.id)
            self._session.add(row)
        for column, value in _columns(person).items():
            setattr(row, column, value)
        if _absences(row) != person.absences:
            row.absences = [_absence_row(absence) for absence in person.absences]
        self._session.flush()  # Accounts and tickets point at a person, who must be there first.

    def welcome(self, person: Person) -> Person:
        """Add *person*, unless somebody with that e-mail address has just been added.

        Return who is in the directory now. For a newcomer who writes twice in the same second.
        """
        if first(self._session, PersonRow, id=person.id, **_columns(person)):
            return self.get(person.id)
        return self.by_email(person.email) or self.get(person.id)

    def link(self, person_id: PersonId, account: Account, channel: str) -> None:
        """Let *account* be *person_id*'s, and *channel* their direct conversation with the bot."""
        key = {"platform": account.platform, "tenant": account.tenant, "user": account.user}
        if first(self._session, AccountRow, **key, person_id=person_id, channel=channel):
            return
        row = self._session.get_one(AccountRow, key)
        row.person_id, row.channel = person_id, channel

    def speak(self, person_id: PersonId, language: Language) -> None:
        """Let *person_id* be spoken to in *language* from now on."""
        self._session.get_one(PersonRow, person_id).language = language.value
        self._session.flush()

    def add_absence(self, person_id: PersonId, absence: Absence) -> None:
        row = self._session.get_one(PersonRow, person_id)
        row.absences.append(_absence_row(absence))
        self._session.flush()

    def by_account(self, account: Account) -> Person | None:
        found = select(PersonRow).join(AccountRow, AccountRow.person_id == PersonRow.id)
        row = self._session.scalar(
            found.where(
                AccountRow.platform == account.platform,
                AccountRow.tenant == account.tenant,
                AccountRow.user == account.user,
            )
        )
        return _person(row) if row else None

    def by_email(self, email: str) -> Person | None:
        """Find a person by e-mail, capitals or not. No address is nobody's."""
        row = self._session.scalar(select(PersonRow).where(PersonRow.email == tidy(email)))
        return _person(row) if row else None

    def get(self, person_id: PersonId) -> Person:
        """Return a person by id.

        :raises sqlalchemy.exc.NoResultFound: nobody has that id
        """
        return _person(self._session.get_one(PersonRow, person_id))

    def everybody(self) -> Sequence[Person]:
        """Return all people by name, in the order of the Norwegian alphabet."""
        return self._by_name(select(PersonRow))

    def of(self, municipality: str) -> Sequence[Person]:
        """Return those whom *municipality* employs, by name."""
        return self._by_name(select(PersonRow).where(PersonRow.municipality == municipality))

    def directory(self) -> Mapping[PersonId, Person]:
        return {person.id: person for person in self.everybody()}

    def accounts(self) -> Mapping[PersonId, Sequence[Account]]:
        """Return the accounts of everybody who has one."""
        linked: defaultdict[PersonId, list[Account]] = defaultdict(list)
        in_order = select(AccountRow).order_by(
            AccountRow.platform, AccountRow.tenant, AccountRow.user
        )
        for row in self._session.scalars(in_order):
            account = Account(Platform(row.platform), row.tenant, row.user)
            linked[PersonId(row.person_id)].append(account)
        return dict(linked)

    def place_of(self, person_id: PersonId, prefer: Platform | None = None) -> Place | None:
        """Return where *person_id* reads the bot's messages, on *prefer* if they can be there."""
        found = select(AccountRow).where(AccountRow.person_id == person_id)
        preferred = case((AccountRow.platform == prefer, 0), else_=1)
        in_order = found.order_by(
            preferred, AccountRow.platform, AccountRow.tenant, AccountRow.user
        )
        account = self._session.scalar(in_order.limit(1))
        return Place(Platform(account.platform), account.channel) if account else None

    def places_of(self, person_id: PersonId) -> Sequence[Place]:
        """Return every place where *person_id* reads the bot's messages, in a lasting order."""
        found = select(AccountRow).where(AccountRow.person_id == person_id)
        in_order = found.order_by(AccountRow.platform, AccountRow.tenant, AccountRow.user)
        rows = self._session.scalars(in_order)
        return [Place(Platform(row.platform), row.channel) for row in rows]

    def reached_at(self, place: Place) -> Person | None:
        """Return whose own conversation with the bot *place* is; None if others read there too."""
        found = select(PersonRow).join(AccountRow, AccountRow.person_id == PersonRow.id)
        theirs = or_(AccountRow.channel == place.channel, AccountRow.user == place.channel)
        row = self._session.scalar(found.where(AccountRow.platform == place.platform, theirs))
        return _person(row) if row else None

    def _by_name(self, found: Select[PersonRow]) -> Sequence[Person]:
        people = (_person(row) for row in self._session.scalars(found))
        return sorted(people, key=_alphabetical)


def _alphabetical(person: Person) -> tuple[str, str]:
    return person.name.casefold().translate(ALPHABET), person.id


def _columns(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "email": tidy(person.email) or None,
        "language": person.language.value,
        "municipality": person.municipality,
        "roles": sorted(person.roles),
    }


def _person(row: PersonRow) -> Person:
    return Person(
        id=PersonId(row.id),
        name=row.name,
        email=row.email or "",
        language=Language(row.language),
        municipality=row.municipality,
        roles=frozenset(row.roles),
        absences=_absences(row),
    )


def _absences(row: PersonRow) -> tuple[Absence, ...]:
    return tuple(
        Absence(absence.start, absence.end, _deputy(absence)) for absence in _by_start(row.absences)
    )


def _by_start(absences: Iterable[AbsenceRow]) -> list[AbsenceRow]:
    """Return them in order: one that has just been added stands last in its list."""
    return sorted(absences, key=lambda absence: absence.start)


def _deputy(row: AbsenceRow) -> PersonId | None:
    return PersonId(row.deputy_id) if row.deputy_id else None


def _absence_row(absence: Absence) -> AbsenceRow:
    return AbsenceRow(start=absence.start, end=absence.end, deputy_id=absence.deputy)
