"""The world outside the chats: our own address there, and how e-mail leaves."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from hashlib import sha256
from typing import Protocol

from storage.mail import Mail

TIMEOUT = 30  # seconds: half of what a lease allows
REFUSED_FOR_GOOD = range(500, 600)


class NotMailed(Exception):
    """The mail server did not take it. *final*: trying again is pointless."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


class Mailer(Protocol):
    @property
    def sender(self) -> str:
        """The address that e-mail comes from."""

    def send(self, mail: Mail) -> None:
        """Hand *mail* to the mail server.

        :raises NotMailed: it was not taken
        """


class CalendarUnread(Exception):
    """Somebody's calendar cannot be had. *final*: not before somebody does something about it."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class Fetched:
    """A calendar file, and what its server calls this state of it."""

    content: bytes
    etag: str | None = None
    modified: str | None = None


class Calendars(Protocol):
    """How people's own calendars, for being out of office, are read."""

    def check(self, url: str) -> None:
        """See whether *url* may be fetched at all, without asking anybody.

        :raises CalendarUnread: it may not
        """

    def read(self, url: str, etag: str | None, modified: str | None) -> Fetched | None:
        """Return the file at *url*; None when it is as it was when *etag* and *modified* came.

        :raises CalendarUnread: it cannot be had
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """*address* is where the web process is reached, such as https://desk.example."""

    address: str | None = None
    mailer: Mailer | None = None
    calendars: Calendars | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """A mail server. With a *user* it is told the password, and only after TLS."""

    sender: str
    host: str
    port: int = 587
    user: str = ""
    password: str = ""
    starts_tls: bool = True
    connect: Callable[..., smtplib.SMTP] = smtplib.SMTP

    def send(self, mail: Mail) -> None:
        try:
            with self.connect(self.host, self.port, timeout=TIMEOUT) as server:
                if self.starts_tls:
                    server.starttls()
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message_of(mail, self.sender))
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise NotMailed(str(codes), final=all(c in REFUSED_FOR_GOOD for c in codes)) from None
        except smtplib.SMTPResponseException as refused:
            final = refused.smtp_code in REFUSED_FOR_GOOD
            raise NotMailed(str(refused.smtp_code), final=final) from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotMailed(type(error).__name__, final=False) from error


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """Return the e-mail with its calendar file or PDF. Sent twice, it is the same by its id."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Message-ID"] = f"<{sha256(mail.once.encode()).hexdigest()}@vertsdesk>"
    message.set_content(mail.text)
    if mail.calendar is not None:
        written = mail.calendar.decode("utf-8")
        message.add_alternative(written, subtype="calendar", params={"method": mail.method})
    if mail.attached is not None:
        name, content = mail.attached
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message
