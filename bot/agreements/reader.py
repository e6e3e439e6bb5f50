"""From a file, or the frozen text of one, to the domain's own Agreement."""

import re
from hashlib import sha256
from pathlib import Path

from bot.agreements.complaints import AgreementError, misfits_in
from bot.agreements.file import AgreementFile
from bot.agreements.fitting import misfits
from bot.agreements.hours import lay_out
from bot.agreements.parsing import FileKind, parse
from bot.domain.agreement import LADDER, Agreement, Who

HALD = Path(__file__).with_name("hald.toml")
KIND = FileKind(top=AgreementFile, misfits_in=misfits_in)
DIGEST_LENGTH = 12  # of 64 hex digits: enough to tell one cooperation's versions apart


def read_agreement(path: Path) -> Agreement:
    """Read the agreement in *path*.

    :raises AgreementError: it is not there, or cannot be read as an agreement
    """
    return parse_agreement(read_source(path), path.name)


def parse_agreement(source: str, name: str) -> Agreement:
    """Read an agreement from its text. *name* is what complaints call it.

    :raises AgreementError: it cannot be read as an agreement
    """
    return _agreement(parse_file(source, name), digest_of(source))


def read_source(path: Path) -> str:
    """Return the text in *path*, with line feeds alone at the ends of its lines.

    :raises AgreementError: there is no such file, or it is not UTF-8
    """
    try:
        return _plain(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        wrong = f"{path.name}, line {line}: this is not UTF-8. Write it anew with that encoding."
        raise AgreementError([wrong]) from error
    except OSError as error:
        wrong = f"{path}: {error.strerror}. Write the name of an agreement file."
        raise AgreementError([wrong]) from error


def parse_file(source: str, name: str) -> AgreementFile:
    """Return what is written in *source*, once it has passed every check.

    :raises AgreementError: it has not
    """
    return parse(_plain(source), name, KIND, misfits)


def digest_of(source: str) -> str:
    """Return the short name of these very words, however their lines end."""
    return sha256(_plain(source).encode()).hexdigest()[:DIGEST_LENGTH]


def find_agreement(words: str) -> Path:
    """Return the file that *words* mean: a path, or the name of one that comes along: "hald"."""
    if re.fullmatch(r"[\w-]+", words):
        bundled = HALD.with_name(f"{words}.toml")
        return bundled if bundled.exists() else Path(words)
    return Path(words)


def _plain(source: str) -> str:
    return source.replace("\r\n", "\n")


def _agreement(file: AgreementFile, digest: str) -> Agreement:
    return Agreement(
        id=file.id,
        name=file.name,
        prefix=file.prefix,
        form=file.form,
        effective_from=file.effective_from,
        digest=digest,
        host=file.host,
        lead=Who(file.lead),
        manager=Who(file.manager),
        calendar=lay_out(file.calendar),
        targets={name: table.targets() for name, table in file.targets.items()},
        warn_at=file.warn_at,
        escalation=tuple(entry.rung() for entry in file.escalation) or LADDER,
        choose_within=file.choose_within,
        reopen_within=file.reopen_within,
        third_party_pauses=file.third_party_pauses,
        notes_time_spent=file.time_spent,
        municipalities={entry.id: entry.municipality() for entry in file.municipalities},
        tasks={entry.id: entry.task() for entry in file.tasks},
        contact_rules=tuple(entry.rule() for entry in file.contact_rules),
        third_parties={entry.id: entry.third_party() for entry in file.third_parties},
        meetings={entry.id: entry.series() for entry in file.meetings},
        roles=dict(file.roles),
        sharing=file.sharing.rule(),
    )
