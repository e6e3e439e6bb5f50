"""Where in a TOML file each value is written. Python's reader tells what, but not where."""

import re
import tomllib
from collections.abc import Mapping

Where = tuple[str | int, ...]

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
KEY = re.compile(r'[ \t]*("(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[\w-]+)[ \t]*')
TEXT = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
BARE = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^,\]}\s#]+|[^,\]}\s#]+")


def lines_of(source: str) -> Mapping[Where, int]:
    """Return the line, from 1, of every table, key and element in *source*, which is good TOML."""
    return _Walk(source).lines


def line_of(lines: Mapping[Where, int], where: Where) -> int:
    """Return the line of *where*, or else of what is nearest around it."""
    for length in range(len(where), 0, -1):
        if where[:length] in lines:
            return lines[where[:length]]
    return 1


class _Walk:
    """One walk through the file, from its first character to its last."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.lines: dict[Where, int] = {}
        self.tables: dict[Where, int] = {}  # how many entries of each [[table]] there are so far
        table: Where = ()
        while not self._ends():
            if self._takes("[["):
                table = self._entry()
            elif self._takes("["):
                table = self._header()
            else:
                self._pair(table)

    def _ends(self) -> bool:
        self._match(BLANK)
        return self.at >= len(self.source)

    def _entry(self) -> Where:
        *around, name = self._keys()
        array = (*self._resolved(around), name)
        self._note_all(array)
        number = self.tables.get(array, 0)
        self.tables[array] = number + 1
        self._note((*array, number))
        self._takes("]]")
        return (*array, number)

    def _header(self) -> Where:
        path = self._resolved(self._keys())
        self._note_all(path)
        self._takes("]")
        return path

    def _resolved(self, keys: list[str]) -> Where:
        """Return the full path: inside a [[table]], a name means the entry written last."""
        path: Where = ()
        for key in keys:
            path = (*path, key)
            if path in self.tables:
                path = (*path, self.tables[path] - 1)
        return path

    def _pair(self, table: Where) -> None:
        path = (*table, *self._keys())
        self._note_all(path)
        self._takes("=")
        self._value(path)

    def _value(self, path: Where) -> None:
        self._match(BLANK)
        self._note(path)
        if self._takes("["):
            self._elements(path)
        elif self._takes("{"):
            self._pairs(path)
        elif not self._match(TEXT):
            self._match(BARE)

    def _elements(self, path: Where) -> None:
        number = 0
        while not self._closes("]"):
            self._value((*path, number))
            number += 1

    def _pairs(self, path: Where) -> None:
        while not self._closes("}"):
            self._pair(path)

    def _closes(self, bracket: str) -> bool:
        self._match(BLANK)
        self._takes(",")
        self._match(BLANK)
        return self._takes(bracket)

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self._takes("."):
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        written = self._match(KEY).strip()
        return str(tomllib.loads(f"key = {written}")["key"]) if written[0] in "\"'" else written

    def _takes(self, sign: str) -> bool:
        """Step over *sign* if it is next, and say whether it was."""
        taken = self.source.startswith(sign, self.at)
        self.at += len(sign) if taken else 0
        return taken

    def _match(self, pattern: re.Pattern[str]) -> str:
        """Step over what *pattern* matches here, and return it."""
        found = pattern.match(self.source, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def _note_all(self, path: Where) -> None:
        """Keep where *path* is first written, and what is around it."""
        for length in range(1, len(path) + 1):
            self._note(path[:length])

    def _note(self, path: Where) -> None:
        self.lines.setdefault(path, self.source.count("\n", 0, self.at) + 1)
