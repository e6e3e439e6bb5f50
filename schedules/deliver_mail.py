"""Every ten seconds: send the e-mail that waits. Claimed, sent and marked in steps of their own.

No transaction is open while the mail server talks. What a crash leaves is sent again when its
lease has run out, under the same message id, so that it is no second message to anybody.
"""

import structlog

from bot.conversation import Desk
from bot.outside import Mailer, NotMailed
from storage.mail import Mail

AT_A_TIME = 20

log = structlog.get_logger()


def deliver_mail(desk: Desk) -> None:
    """Send until nothing is due any more."""
    mailer = desk.outside.mailer
    while mailer and _some_sent(desk, mailer) == AT_A_TIME:
        pass


def _some_sent(desk: Desk, mailer: Mailer) -> int:
    with desk.database.transaction() as store:
        mails = store.mail.claim(desk.clock(), AT_A_TIME)
    for mail in mails:
        _send(mail, desk, mailer)
    return len(mails)


def _send(mail: Mail, desk: Desk, mailer: Mailer) -> None:
    try:
        mailer.send(mail)
    except NotMailed as failure:
        log.warning("mail.not_delivered", mail=mail.number, reason=str(failure))
        with desk.database.transaction() as store:
            store.mail.failed(mail, str(failure), desk.clock(), final=failure.final)
        return
    with desk.database.transaction() as store:
        store.mail.sent(mail, desk.clock())
