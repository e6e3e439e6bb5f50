"""What each figure of a report means, in words that stand beside it wherever it is shown."""

from bot.reports.document import Named
from bot.reports.figures import COUNTS, PARTS, PROMISES, RATE
from bot.texts import Texts

WAITS = ("waited_for_asker", "waited_for_third_party", "time_spent")


def definitions(say: Texts) -> tuple[Named, ...]:
    """Return every figure's name and what it means, in the order in which they are shown."""
    named = [
        *((figure.key, say(f"report.figure.{figure.key}")) for figure in (*COUNTS, RATE)),
        *((name, say(f"report.promise.{name}")) for name, _ in PROMISES),
        *((part.key, say(f"report.part.{part.key}")) for part in PARTS),
        *((name, say(f"report.wait.{name}")) for name in WAITS),
        ("open_by_age", say("report.sheet.open_by_age")),
        ("helped", say("report.sheet.helped")),
        ("side", say("report.of_side")),
        ("as_of", say("report.cut_at")),
    ]
    return tuple((name, say(f"measures.definition.{key}")) for key, name in named)
