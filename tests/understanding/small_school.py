"""A small folder of knowledge: two writers, three tasks, and words that only one task has."""

import csv
from pathlib import Path

from bot.understanding.knowledge import EXAMPLES, TERMS
from bot.understanding.learning import FolderLearner
from tests.office import AGREEMENT

TASKS = ("vat", "payments", "bank-reconciliation")
WRITERS = {
    "one": {
        "vat": ["momskompensasjon for kulturhuset", "avgift og moms på billetter"],
        "payments": ["utbetaling til leverandøren", "remittering av regninga"],
        "bank-reconciliation": ["avstemming av bankkontoen", "differanse i kontoutskriften"],
    },
    "two": {
        "vat": ["moms på billetter i kulturhuset", "momskompensasjon og avgift"],
        "payments": ["remittering til leverandøren", "utbetaling av regninga"],
        "bank-reconciliation": ["differanse ved avstemming", "bankkontoen og kontoutskriften"],
    },
}


def school(folder: Path) -> FolderLearner:
    """Write the folder, and return who learns from it."""
    (folder / EXAMPLES).mkdir(parents=True)
    (folder / TERMS).write_text("task,term,note\nvat,merverdiavgift,\n", "utf-8")
    for writer, tasks in WRITERS.items():
        with (folder / EXAMPLES / f"{writer}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["text", "task", "acceptable"])
            rows.writerows((text, task, "") for task, texts in tasks.items() for text in texts)
    return FolderLearner(folder, {task: AGREEMENT.tasks[task] for task in TASKS})
