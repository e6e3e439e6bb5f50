"""Measuring: what the tickets of a scope add up to, and which tickets are behind a figure.

The roof over storage, arrays and rules. Whoever asks has been found to have the right to.
"""

from bot.measuring.adding import measure
from bot.measuring.behind import MOST_LINES, OPEN_FOR, NoSuchFigure, tickets
from bot.measuring.unspecified import NoStrategicMeeting, ledger, propose

__all__ = [
    "MOST_LINES",
    "OPEN_FOR",
    "NoStrategicMeeting",
    "NoSuchFigure",
    "ledger",
    "measure",
    "propose",
    "tickets",
]
