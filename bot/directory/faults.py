"""What can be wrong with a people file: where, why, and what to write instead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """*line* counts from 1, as Excel and editors do; None is the whole file."""

    line: int | None
    column: str | None
    wrong: str
    instead: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.line and f"line {self.line}", self.column) if part)
        return f"{where or 'the file'}: {self.wrong}. {self.instead}."


class Unreadable(Exception):
    """The file as a whole cannot be read as a list of people."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults
