"""How long the cover proof takes: nineteen municipalities, forty tasks, twelve months.

``python -m tests.bench.cover [--absences N]``: each of some hundred people is away N times in the
year. The exit status is 1 when the median of five takes 2 s or more.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from random import Random
from statistics import median
from time import perf_counter, process_time

from bot.cover import Standing, holes, prove, weeks
from tests.cover.big import FIRST, LAST, big_agreement, big_staff

ROUNDS = 5
MOST = 2.0  # seconds


def main(words: Sequence[str]) -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--absences", type=int, default=8)
    absences = parser.parse_args(words).absences
    agreement = big_agreement()
    people = big_staff(Random(1), absences)  # noqa: S311 - no secret
    took, busy = list[float](), list[float]()
    for _ in range(ROUNDS):
        start, begun = perf_counter(), process_time()
        proof = prove(agreement, people, FIRST, LAST)
        gaps, singles = (holes(proof, kind) for kind in (Standing.GAP, Standing.SINGLE))
        weeks(proof)
        took.append(perf_counter() - start)
        busy.append(process_time() - begun)
    answered = sum(len(row.stands) * len(row.tasks) for row in proof.rows)
    sys.stdout.write(
        f"cover: {len(agreement.municipalities)} municipalities, {len(agreement.tasks)} tasks, "
        f"{len(proof.days)} working days, {len(people)} people away {absences} times each: "
        f"{answered} answers, {len(gaps)} gaps, {len(singles)} single points, "
        f"median {median(took):.2f} s, slowest {max(took):.2f} s, "
        f"of the processor {median(busy):.2f} s\n"
    )
    return 1 if median(took) >= MOST else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
