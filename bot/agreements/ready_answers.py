"""Ready answers as they stand in the agreement's folder, read once into the domain's own."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.agreements.advice import advise_on_name
from bot.agreements.complaints import Misfit
from bot.agreements.parsing import FileKind, parse
from bot.agreements.reader import read_source
from bot.agreements.values import Id, Text
from bot.domain.people import Language
from bot.domain.ready_answers import GAPS, ReadyAnswer, wrong_gaps

ANSWERS: Final = "answers.toml"

_ADVICE = {
    "answers": "one [[answers]] table for each answer",
    "id": 'a short name in small letters, such as "deadline"',
    "tasks": 'the ids of tasks, such as ["vat"], or leave it out for every task',
    "title": 'what the team chooses by: title = { nb = "…", nn = "…", en = "…" }',
    "text": 'what the asker reads: text = { nb = "…", nn = "…", en = "…" }',
}
_GAPS = " or ".join(f"{{{gap}}}" for gap in GAPS)


def _with_gaps(text: str) -> str:
    if wrong := wrong_gaps(text):
        raise ValueError(f"{wrong[0]} is no gap that can be filled")
    return text


WithGaps = Annotated[Text, AfterValidator(_with_gaps)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Title(_Table):
    nb: Text
    nn: Text
    en: Text


class _Body(_Table):
    nb: WithGaps
    nn: WithGaps
    en: WithGaps


class _Entry(_Table):
    id: Id
    tasks: tuple[Id, ...] = ()
    title: _Title
    text: _Body

    def answer(self) -> ReadyAnswer:
        return ReadyAnswer(
            id=self.id,
            tasks=frozenset(self.tasks),
            title={language: getattr(self.title, language) for language in Language},
            text={language: getattr(self.text, language) for language in Language},
        )


class _File(_Table):
    answers: tuple[_Entry, ...] = Field(default=())


def read_answers(folder: Path, tasks: Collection[str]) -> tuple[ReadyAnswer, ...]:
    """Return the ready answers in *folder*; none where there is no such file.

    *tasks* are the ids that the agreement knows.

    :raises AgreementError: the file cannot be used; each line names file, line and what to write
    """
    path = folder / ANSWERS
    if not path.exists():
        return ()
    return parse_answers(read_source(path), f"{folder.name}/{ANSWERS}", tasks)


def parse_answers(source: str, name: str, tasks: Collection[str]) -> tuple[ReadyAnswer, ...]:
    """Return the ready answers that *source* holds. *name* is what complaints call it.

    :raises AgreementError: it cannot be used
    """
    file = parse(source, name, _KIND, lambda file: _unfit(file, list(tasks)))
    return tuple(entry.answer() for entry in file.answers)


def _unfit(file: _File, tasks: list[str]) -> Iterator[Misfit]:
    seen: set[str] = set()
    for n, entry in enumerate(file.answers):
        if entry.id in seen:
            wrong = f'"{entry.id}" stands here for the second time'
            yield Misfit(("answers", n, "id"), wrong, "another id than the answers above it have")
        seen.add(entry.id)
        for m, task in enumerate(entry.tasks):
            if task not in tasks:
                where = ("answers", n, "tasks", m)
                yield Misfit(where, f'there is no "{task}"', advise_on_name(task, tasks))


def _misfits_in(errors: ValidationError) -> list[Misfit]:
    return [_misfit(error["type"], error["loc"], error["msg"]) for error in errors.errors()]


def _misfit(kind: str, where: tuple[Any, ...], said: str) -> Misfit:
    names = [part for part in where if part in _ADVICE]
    advice = _ADVICE[names[-1]] if names else _ADVICE["answers"]
    if kind == "extra_forbidden":
        return Misfit(where, "is not a key that belongs here", advice)
    if kind == "missing":
        return Misfit(where, "is missing", advice)
    wrong = said.removeprefix("Value error, ")
    if "no gap" in wrong:
        advice = _GAPS
    return Misfit(where, wrong[0].lower() + wrong[1:], advice)


_KIND = FileKind(top=_File, misfits_in=_misfits_in)
