"""What reading an agreement, and each file in its folder, has in common: tables, then checks."""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from bot.agreements.complaints import AgreementError, Misfit, refusal

File = TypeVar("File", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind(Generic[File]):
    """One kind of file. *layout* ends the sentence «Write …» where it is not even TOML."""

    top: type[File]
    misfits_in: Callable[[ValidationError], Iterable[Misfit]]  # in the words of this project
    layout: str = 'tables as [name], and in them lines such as key = "value"'


def parse(
    source: str, name: str, kind: FileKind[File], misfits: Callable[[File], Iterable[Misfit]]
) -> File:
    """Return what is written in *source*, once it has passed every check.

    *name* is what complaints call it, and *misfits* finds what does not fit together.

    :raises AgreementError: it has not; each line names file, line and field
    """
    try:
        tables = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:  # the latter: [[[[[[[[ and so on
        raise AgreementError([_not_toml(source, name, str(error), kind.layout)]) from error
    try:
        file = kind.top.model_validate(tables)
    except ValidationError as errors:
        found = kind.misfits_in(errors)
        raise refusal(found, source=source, name=name, tables=tables) from errors
    if wrong := list(misfits(file)):
        raise refusal(wrong, source=source, name=name, tables=tables)
    return file


def _not_toml(source: str, name: str, said: str, layout: str) -> str:
    place = re.search(r" \(at line (\d+), column \d+\)", said)
    line = int(place[1]) if place else source.count("\n") + 1
    why = said[: place.start()] if place else said
    return f"{name}, line {line}: this is not TOML: {why}. Write {layout}."
