"""`vertsdesk understand`: what messages are understood as, why, and how often that is right."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from argparse import _SubParsersAction as Commands
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console, Group

from bot.agreements import HALD, AgreementError, read_agreement
from bot.cli import understand_examples
from bot.cli.answers import refusing
from bot.cli.terminal import terminal
from bot.cli.understand_files import BadMessages, Message, read_messages, write_understood
from bot.cli.understand_tables import explained, scores
from bot.domain.agreement import Agreement, Side
from bot.understanding import BadKnowledge, reader, reading_of
from bot.understanding.knowledge import Example, read
from bot.understanding.learnt import FILE, digest, keep
from bot.understanding.reading import learnt_from
from bot.understanding.scores import Scored, held_out, score

PIPED_WIDTH = 110  # characters, where no terminal says how wide it is
ABOUT = """
examples:
  vertsdesk understand messages.csv --out understood.csv     columns id,text[,municipality]
  vertsdesk understand labelled.csv                          with task,acceptable: the scores
  vertsdesk understand labelled.csv --held-out --tags t.csv  learnt anew without each voice and
                                                             language before that is asked
  vertsdesk understand --writers                             one writer left out at a time
  vertsdesk understand --explain "kem tar purringa?"         which words decided
  vertsdesk understand --learn                               after terms or examples were edited
  vertsdesk understand examples list                         what the team has taught by changing
                                                             tasks, and what became of it
  vertsdesk understand examples revoke 3                     take it back, and delete its text
"""


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser(
        "understand",
        help="what messages are understood as, why, and how often that is right",
        epilog=ABOUT,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", metavar="FILE.csv", help="the messages")
    parser.add_argument("--out", type=Path, metavar="OUT.csv", help="write what was understood")
    parser.add_argument("--held-out", action="store_true", help="never learn from what is scored")
    parser.add_argument("--tags", type=Path, metavar="TAGS.csv", help="id,voice,language: folds")
    parser.add_argument("--writers", action="store_true", help="score each writer of examples")
    parser.add_argument("--explain", metavar="TEXT", help="show which words decided")
    parser.add_argument("--learn", action="store_true", help="keep what is learnt for quick starts")
    parser.add_argument(
        "--agreement", type=Path, default=HALD, metavar="FILE.toml", help="default: HALD's"
    )
    parser.set_defaults(run=_run, misused=parser.error)


@refusing(AgreementError, BadKnowledge, BadMessages, FileNotFoundError)
def _run(words: Namespace) -> int:
    if words.words[:1] == ["examples"]:
        return understand_examples.run(words.words[1:])
    if len(words.words) > 1:
        words.misused(f"one file at a time, not {' and '.join(words.words)}")
    words.file = Path(words.words[0]) if words.words else None
    chosen = [words.file, words.explain, words.writers or None, words.learn or None]
    if sum(each is not None for each in chosen) != 1:
        words.misused("say one of FILE.csv, --writers, --explain TEXT or --learn")
    agreement = read_agreement(words.agreement)
    return _chosen(words)(words, agreement, words.agreement.with_suffix(""))


def _chosen(words: Namespace) -> Callable[[Namespace, Agreement, Path], int]:
    if words.explain is not None:
        return _explain
    if words.writers:
        return _writers
    return _learn if words.learn else _file


def _explain(words: Namespace, agreement: Agreement, folder: Path) -> int:
    _show(explained(words.explain, reading_of(folder), agreement))
    return 0


def _learn(_: Namespace, __: Agreement, folder: Path) -> int:
    knowledge = read(folder)
    keep(learnt_from(knowledge).model, folder, digest(knowledge))
    size = (folder / FILE).stat().st_size / 1_000_000
    _tell(f"{folder / FILE}: learnt from {len(knowledge.examples)} examples; {size:.1f} MB")
    return 0


def _writers(_: Namespace, agreement: Agreement, folder: Path) -> int:
    knowledge = read(folder)
    sides = _sides(agreement)
    scored = []
    console = Console(stderr=True)
    for one in held_out(knowledge, sides, knowledge.examples, lambda example: example.writer):
        scored.append(one)
        console.print(f"{len(scored)} of {len(knowledge.examples)}", end="\r", highlight=False)
    _show(scores(_by(scored, lambda one: one.example.writer)))
    return 0


def _file(words: Namespace, agreement: Agreement, folder: Path) -> int:
    messages = read_messages(words.file, words.tags)
    understand = reader(reading_of(folder), _sides(agreement))
    if words.out:
        write_understood(words.out, messages, understand, agreement)
        _tell(f"{words.out}: {len(messages)} messages")
    labelled = [message for message in messages if message.example]
    if labelled:
        _show(scores(_scored(labelled, agreement, folder, held=words.held_out)))
    elif not words.out:
        write_understood(None, messages, understand, agreement)
    return 0


def _scored(
    labelled: Sequence[Message], agreement: Agreement, folder: Path, *, held: bool
) -> dict[str, list[Scored]]:
    knowledge, sides = read(folder), _sides(agreement)
    folds = {message.id: message.fold for message in labelled}
    examples = [replace(one.example, id=one.id) for one in labelled if one.example]
    _check_labels(examples, agreement)
    if held:
        scored = list(held_out(knowledge, sides, examples, lambda one: folds[one.id]))
    else:
        known = {one.text for one in knowledge.examples}
        seen = sum(one.text in known for one in examples)
        if seen:
            _tell(f"note: {seen} of these were learnt from; --held-out scores them fairly")
        scored = score(reader(reading_of(folder), sides), examples, sides)
    return _by(scored, lambda one: folds[one.example.id])


def _check_labels(examples: Sequence[Example], agreement: Agreement) -> None:
    for one in examples:
        for task in (one.task, *one.acceptable):
            if task not in agreement.tasks:
                raise BadMessages(f"message {one.id}: {task} is no task of {agreement.id}")


def _by(scored: Sequence[Scored], name: Callable[[Scored], str]) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = {}
    for one in scored:
        groups.setdefault(name(one), []).append(one)
    return groups


def _sides(agreement: Agreement) -> dict[str, Side]:
    return {task.id: task.side for task in agreement.tasks.values()}


def _show(tables: Group) -> None:
    terminal(PIPED_WIDTH).print(tables)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
