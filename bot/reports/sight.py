"""Who may have which report: the same rule for the page, the chat and the post."""

from bot.domain.agreement import Agreement
from bot.domain.sight import Sight


def may_have(sight: Sight, municipality: str | None, agreement: Agreement) -> bool:
    """Tell whether the report of *municipality*, None for all, may be had.

    That of all has a row for each member: who sees only what they add up to may not have it.
    """
    if municipality is None:
        return sight.totals and sight.figures.issuperset(agreement.municipalities)
    return sight.may_measure(municipality)
