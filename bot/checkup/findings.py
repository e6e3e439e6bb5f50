"""A finding: one thing that was looked at, how it is, and one sentence on how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"  # the desk works, and somebody will miss something
    ERROR = "error"  # somebody's question would be lost, or nobody can ask at all


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    about: str
    says: str
    mend: str = ""


def ok(about: str, says: str) -> Finding:
    return Finding(Level.OK, about, says)


def warning(about: str, says: str, mend: str) -> Finding:
    return Finding(Level.WARNING, about, says, mend)


def error(about: str, says: str, mend: str) -> Finding:
    return Finding(Level.ERROR, about, says, mend)
