"""What a text was understood as: the likely tasks, how sure we are, and what kind of talk it is."""

from dataclasses import dataclass
from enum import StrEnum


class Talk(StrEnum):
    """What kind of message it is. Only a question opens a ticket."""

    QUESTION = "question"
    THANKS = "thanks"  # «takk», «tusen takk for hjelpen», a thumb
    GREETING = "greeting"  # «hei»
    EMPTY = "empty"  # nothing, emoji or markup only


class Decision(StrEnum):
    """What to do with a question, by how sure we are of its task."""

    ANSWER = "answer"  # act on the first guess: route it, or say whose it is
    ASK = "ask"  # let the asker choose among the guesses
    CONTACT = "contact"  # give it to the main contact: none of the guesses is worth a choice
    NONE = "none"  # not a question


@dataclass(frozen=True, slots=True)
class Guess:
    """One task by its id, and how probable it is (0–1; all tasks together at most 1)."""

    task: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a message that asks for another thing than the rest, in its own words."""

    text: str
    guesses: tuple[Guess, ...] = ()
    decision: Decision = Decision.NONE

    @property
    def task(self) -> str | None:
        """The task to act on, or None when somebody had better say."""
        return self.guesses[0].task if self.is_sure and self.guesses else None

    @property
    def is_sure(self) -> bool:
        return self.decision is Decision.ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The likely tasks, best first (at most three), and what to do with them.

    *urgent*: it sounds as if it cannot wait. *second*: the part that is about another task, if two
    things are asked. Both are offered to the asker; neither is ever acted on unasked.
    """

    talk: Talk
    guesses: tuple[Guess, ...] = ()
    decision: Decision = Decision.NONE
    urgent: bool = False
    second: Part | None = None

    @property
    def task(self) -> str | None:
        """The task to act on, or None when the asker or the main contact had better say."""
        return self.guesses[0].task if self.is_sure and self.guesses else None

    @property
    def is_sure(self) -> bool:
        return self.decision is Decision.ANSWER
