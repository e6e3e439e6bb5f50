"""Measures the reader (python -m tests.understanding.measure): time, size and start.

How often it is right is ``vertsdesk understand --writers``, which leaves out one writer of examples
at a time, and ``vertsdesk understand FILE.csv --held-out``. Both learn anew without what they ask.
"""

import time
from collections.abc import Callable
from functools import cache
from statistics import median, quantiles

from bot.agreements import HALD as FILE
from bot.agreements import read_agreement
from bot.domain.understanding import Understanding
from bot.understanding import learn
from bot.understanding.knowledge import Example, read
from bot.understanding.learnt import FILE as KEPT
from bot.understanding.reading import learnt_from
from bot.understanding.scores import Scored, held_out

HALD = FILE.with_suffix("")
TASKS = read_agreement(FILE).tasks
SIDES = {task.id: task.side for task in TASKS.values()}


@cache
def staff() -> tuple[Example, ...]:
    """Return the 400 questions of staff, written by nobody who wrote the other examples."""
    return tuple(example for example in read(HALD).examples if example.writer == "staff")


@cache
def unseen() -> tuple[Scored, ...]:
    """Put the questions of staff to a reader that has learnt from none of them."""
    return tuple(held_out(read(HALD), SIDES, staff(), lambda _: "all at once"))


def main() -> None:
    started = time.process_time()
    understand = learn(HALD, TASKS)
    ready = time.process_time()
    learnt_from(read(HALD))
    anew = time.process_time()
    taken = [_milliseconds(understand, example.text) for example in staff()]
    longest = _milliseconds(understand, "".join(one.text for one in staff())[:40_000])
    lines = [
        f"start from what is kept   {(ready - started) * 1000:8.0f} ms",
        f"learning anew             {anew - ready:8.1f} s",
        f"kept                      {(HALD / KEPT).stat().st_size / 1e6:8.1f} MB",
        f"a message, median         {median(taken):8.2f} ms",
        f"a message, 99th percentile{quantiles(taken, n=100)[98]:8.2f} ms",
        f"40 000 characters         {longest:8.2f} ms",
    ]
    print("\n".join(["processor time of one core", *lines]))  # noqa: T201 (a command's output)


def _milliseconds(understand: Callable[[str], Understanding], text: str) -> float:
    started = time.process_time()
    understand(text)
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
