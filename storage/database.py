"""The database, and the one way to change it: a transaction that hands out a Store."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from storage import migrate
from storage.agendas import Agendas
from storage.agreements import Agreements
from storage.api_clients import ApiClients
from storage.away_calendars import AwayCalendars
from storage.backlog import Backlog
from storage.calendar_feeds import CalendarFeeds
from storage.closing_days import ClosingDays
from storage.detours import Detours
from storage.disputes import Disputes
from storage.drafts import Answerings, Drafts
from storage.engines import read_engine, write_engine
from storage.figures import Figures
from storage.files import Files
from storage.jobs import Jobs
from storage.links import Links
from storage.mail import MailBox
from storage.measures import Measures
from storage.meeting_proposals import MeetingProposals
from storage.meetings import Meetings
from storage.minutes import Minutes
from storage.orders import Orders
from storage.outbox import Outbox
from storage.people import People
from storage.pictures import Pictures
from storage.reports import Reports
from storage.rewriting import Rewriting
from storage.satisfaction import Satisfaction
from storage.seen import Seen
from storage.similar import Similar
from storage.slots import Slots
from storage.solvers import Solvers
from storage.subjects import Subjects
from storage.taught import Taughts
from storage.teams import TeamsMemory
from storage.ticket_pages import TicketPages
from storage.tickets import Tickets
from storage.visits import Visits
from storage.web_files import WebFiles
from storage.web_messages import WebMessages
from storage.year import Year


class Store:
    """Everything we can read and write inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._meet(session)
        self._let_in(session)
        self.agreements = Agreements(session)
        self.away_calendars = AwayCalendars(session)
        self.closing_days = ClosingDays(session)
        self.disputes = Disputes(session)
        self.drafts = Drafts(session)
        self.answerings = Answerings(session)
        self.files = Files(session)
        self.jobs = Jobs(session)
        self.links = Links(session)
        self.orders = Orders(session)
        self.people = People(session)
        self.satisfaction = Satisfaction(session)
        self.seen = Seen(session)
        self.similar = Similar(session)
        self.slots = Slots(session)
        self.solvers = Solvers(session)
        self.outbox = Outbox(session, self.slots)
        self.detours = Detours(session, self.slots)
        self.rewriting = Rewriting(session, self.slots)
        self.taught = Taughts(session)
        self.teams = TeamsMemory(session)
        self.tickets = Tickets(session)
        self.ticket_pages = TicketPages(self.tickets)
        self._measure(session)
        self.web_files, self.web_messages = WebFiles(session), WebMessages(session)
        self.year = Year(session)

    def _meet(self, session: Session) -> None:
        """Everything about meetings."""
        self.agendas = Agendas(session)
        self.calendar_feeds = CalendarFeeds(session)
        self.mail = MailBox(session)
        self.meeting_proposals = MeetingProposals(session)
        self.meetings = Meetings(session)
        self.minutes = Minutes(session)

    def _measure(self, session: Session) -> None:
        """Everything about figures and the reports of them."""
        self.measures = Measures(session, self.tickets)
        self.figures = Figures(session, self.measures)
        self.pictures, self.reports = Pictures(session), Reports(session)

    def _let_in(self, session: Session) -> None:
        """Who may look at the pages, and which programs may read."""
        self.api_clients = ApiClients(session)
        self.backlog = Backlog(session)
        self.subjects = Subjects(session)
        self.visits = Visits(session)

    def unite(self, gone: PersonId, into: PersonId) -> None:
        """Let *gone* and *into* be one person, who is called *into* from now on."""
        self.visits.end_all(gone)
        self.links.unite(gone, into)
        self.slots.forget()
        self.tickets.forget()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block has done, and nothing else, when it ends badly."""
        try:
            with self._session.begin_nested():
                yield
        except BaseException:
            self.slots.forget()
            self.tickets.forget()
            raise


class Database:
    """One database: SQLite's file (``sqlite:///…``) or PostgreSQL's (``postgresql://…``)."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._write = write_engine(url)
        self._read = read_engine(url)

    @contextmanager
    def transaction(self) -> Iterator[Store]:
        """Commit when the block ends well; roll everything back when it does not."""
        with self._open(self._write, is_reading=False) as store:
            yield store

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Look, without waiting for anybody who writes. Writing here is refused."""
        with self._open(self._read, is_reading=True) as store:
            yield store

    def migrate(self) -> None:
        """Bring the tables up to date. Harmless to repeat, and from many replicas at once."""
        migrate.upgrade(self._url)

    def is_current(self) -> bool:
        """Tell whether every migration that this program knows has been run."""
        with self._read.connect() as connection:
            return migrate.is_current(connection)

    def differences(self) -> Sequence[str]:
        """Return how the tables differ from what the program expects; nothing when all is well."""
        with self._read.connect() as connection:
            return migrate.differences(connection)

    def close(self) -> None:
        self._write.dispose()
        self._read.dispose()

    @contextmanager
    def _open(self, engine: Engine, *, is_reading: bool) -> Iterator[Store]:
        with (
            Session(engine, expire_on_commit=False, info={"is_reading": is_reading}) as session,
            session.begin(),
        ):
            yield Store(session)
