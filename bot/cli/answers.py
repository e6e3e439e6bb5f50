"""What a command answers: JSON for a program, or in plain words why there is no answer."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

Words = ParamSpec("Words")


class CannotAnswer(Exception):
    """There is no answer. Says why, and what to do instead."""


def refusing(
    *refusals: type[Exception],
) -> Callable[[Callable[Words, int]], Callable[Words, int]]:
    """Let a command tell of CannotAnswer and these *refusals*, and end with 1, not raise them."""
    known: tuple[type[Exception], ...] = (CannotAnswer, *refusals)

    def wrapped(run: Callable[Words, int]) -> Callable[Words, int]:
        @wraps(run)
        def told(*words: Words.args, **named: Words.kwargs) -> int:
            try:
                return run(*words, **named)
            except known as error:
                return refused(str(error))

        return told

    return wrapped


def refused(why: str) -> int:
    """Tell *why* on standard error, and return the exit status."""
    sys.stderr.write(f"{why}\n")
    return 1


def write_json(answer: object) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
