"""Cover: who answers on every working day to come, who is next, and where there is nobody. Pure."""

from bot.cover.holes import Hole, holes, opened
from bot.cover.proof import Proof, Row, Stand, Standing, prove
from bot.cover.weeks import Week, weeks

__all__ = [
    "Hole",
    "Proof",
    "Row",
    "Stand",
    "Standing",
    "Week",
    "holes",
    "opened",
    "prove",
    "weeks",
]
