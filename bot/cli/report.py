"""`vertsdesk report`: a month's report as a file, a committee's pack, and whether a file holds."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from argparse import _SubParsersAction as Commands
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.agreements.book import AgreementBook
from bot.cli.answers import refused, refusing
from bot.cli.asked import add_municipality, municipality_asked
from bot.cli.installation import opened
from bot.clock import wall_clock
from bot.domain.agreement import Agreement
from bot.domain.months import Month, read_month
from bot.domain.people import Language
from bot.render.pdf import pdf
from bot.reports.files import MEDIA_TYPES, written
from bot.reports.making import NotOver, Unknown, book_of, make
from bot.reports.one_page import one_page
from bot.reports.one_page_card import one_page_card
from bot.reports.pack import as_zip, packed, reported_on
from bot.reports.report import Report
from bot.reports.seal import NoSeal, Seal, read_seal
from bot.reports.verify import Finding, Verified, verify
from bot.texts import texts
from storage.database import Store

LARGEST = 50_000_000  # bytes: no report of ours is so large
ABOUT = """
The report is of the month as it stood when it was over, at midnight in the cooperation's time
zone. The same log gives the same file, to the byte, whoever makes it and whenever: both sides can
make it, compare the fingerprint at the foot of each page, and sign. With --as-of it is of another
moment, such as a month that is not over.

  vertsdesk report --month 2026-10 --municipality donna --out donna.pdf
  vertsdesk report --month 2026-10 --pack committee.zip     every municipality, every format
  vertsdesk report verify donna.pdf                         made again from the log, and compared
"""
SAYS = {
    Finding.SAME: "Same: made again from the log, it is this very file.",
    Finding.LOG: "Different: other events are known of these months now than when it was made.",
    Finding.FIGURES: "Different: the events are the same, and the figures are not. The agreement"
    " or the program has changed, or somebody has changed the file's seal.",
    Finding.FILE: "Different: events and figures are the same, and the file is not. It has been"
    " changed since it was made, or another version of the program made it.",
}


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser(
        "report",
        help="a month's report as PDF, Excel, CSV or JSON; or verify one",
        epilog=ABOUT,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--month", type=_month, metavar="YYYY-MM", help="such as 2026-10")
    add_municipality(parser)
    endings = ", ".join(f".{ending}" for ending in MEDIA_TYPES)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--out", type=Path, metavar="FILE", help=f"ends in {endings}")
    what.add_argument("--one-page", type=Path, metavar="PDF", help="the director's one page")
    what.add_argument("--pack", type=Path, metavar="DIR|ZIP", help="everything, with hashes")
    parser.add_argument("--language", type=Language, choices=list(Language), default=Language.NB)
    parser.add_argument("--as-of", type=_moment, metavar="TIME", help="such as 2026-10-15T12:00Z")
    parser.set_defaults(run=_run, misused=parser.error, file=None)
    kinds = parser.add_subparsers(metavar="")
    again = kinds.add_parser("verify", help="make a report again from the log, and compare")
    again.add_argument("file", type=Path, metavar="FILE", help="a report, in any format")


def _month(words: str) -> Month:
    try:
        return read_month(words)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _moment(words: str) -> datetime:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f'"{words}" is not a time; write 2026-10-15T12:00Z') from None
    if moment.tzinfo is None:
        raise ArgumentTypeError(f'"{words}" has no time zone; write 2026-10-15T12:00Z')
    return moment.astimezone(UTC)


@refusing(OSError)
def _run(words: Namespace) -> int:
    _check(words)
    try:
        with opened() as (database, book), database.reading() as store:
            newest = book.newest
            if words.file:
                return _verify(words.file, store, newest)
            return _write(words, store, newest)
    except Unknown as error:
        return refused(f'no municipality "{error}" in the cooperation in that month')
    except NotOver as error:
        return refused(f"{error} is not over; give --as-of, a moment in or after it that has come")


def _check(words: Namespace) -> None:
    """Refuse what cannot be meant, before anything is opened."""
    if words.file:
        return
    if words.month is None or not (words.out or words.pack or words.one_page):
        words.misused("--month and --out (or --pack, --one-page) are needed, or verify FILE")
    if words.out and words.out.suffix.removeprefix(".").lower() not in MEDIA_TYPES:
        kinds = ", ".join(MEDIA_TYPES)
        words.misused(f'"{words.out.name}" ends in none of {kinds}')


def _write(words: Namespace, store: Store, newest: Agreement) -> int:
    book = book_of(newest, store)
    agreement = book.current(words.month.period.last)
    only = municipality_asked(words.municipality, agreement)
    maker = _Maker(words, store, book)
    if words.one_page:
        maker.one_page(only)
    elif words.out:
        maker.out(only)
    else:
        maker.pack([only] if only else reported_on(agreement, words.month))
    return 0


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the files that *words* ask for, and tells of each."""

    words: Namespace
    store: Store
    book: AgreementBook

    def report(self, municipality: str | None) -> Report:
        words = self.words
        return make(
            self.store, self.book, words.month, municipality, now=wall_clock(), as_of=words.as_of
        )

    def one_page(self, municipality: str | None) -> None:
        file, language = self.words.one_page, self.words.language
        with Console(stderr=True).status("Reading what was nearly missed, and what waits"):
            page = one_page(self.report(municipality), self.store, self.book)
        _put(file, pdf(one_page_card(page, texts(language)), language))
        sys.stdout.write(f"{file}\n")

    def out(self, municipality: str | None) -> None:
        file, report = self.words.out, self.report(municipality)
        _put(file, written(report, file.suffix.removeprefix(".").lower(), self.words.language))
        _tell(file, report.seal(self.words.language))

    def pack(self, whose: Sequence[str | None]) -> None:
        shown = Console(stderr=True)
        each = track(whose, "Making reports", console=shown, transient=True)
        made = (self.report(municipality) for municipality in each)
        files = dict(packed(made, self.words.language))
        _put_pack(self.words.pack, files)
        sys.stdout.write(f"{self.words.pack}: {len(files)} files\n")


def _tell(file: Path, seal: Seal) -> None:
    sys.stdout.write(f"{file}\nfingerprint  {seal.fingerprint}\nevents       {seal.log}\n")


def _put(file: Path, content: bytes) -> None:
    """Write beside it first: what is cut short leaves no half file with its name."""
    is_special = file.exists() and not file.is_file()  # such as a pipe
    draft = file if is_special else file.with_name(f".{file.name}.part")
    draft.write_bytes(content)
    if not is_special:
        draft.replace(file)


def _put_pack(where: Path, files: dict[str, bytes]) -> None:
    if where.suffix.lower() == ".zip":
        _put(where, as_zip(files))
        return
    where.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        _put(where / name, content)


def _verify(file: Path, store: Store, newest: Agreement) -> int:
    if file.stat().st_size > LARGEST:
        return refused(f"{file} is too large to be a report")
    content = file.read_bytes()
    try:
        seal = read_seal(content)
    except NoSeal:
        return refused(f"{file} is no report: there is no seal in it")
    if seal.cooperation != newest.id:
        return refused(f"{file} is a report of {seal.cooperation}, and this is {newest.id}")
    report = make(
        store,
        book_of(newest, store),
        seal.month,
        seal.municipality,
        now=wall_clock(),
        as_of=seal.as_of,
    )
    return _told(verify(content, seal, report))


def _told(verified: Verified) -> int:
    found, now = verified.found, verified.now
    lines = [
        SAYS[verified.finding],
        f"fingerprint  {found.fingerprint}, now {now.fingerprint}",
        f"events       {found.log}, now {now.log}",
        f"figures      {found.figures}, now {now.figures}",
    ]
    sys.stdout.write("\n".join([*lines, ""]))
    return 0 if verified.finding is Finding.SAME else 1
