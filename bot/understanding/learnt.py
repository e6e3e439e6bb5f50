"""What was learnt from a folder of knowledge, kept beside it, so that a start takes no time.

``vertsdesk understand learn`` writes the file. It names what it was learnt from by a digest: a
folder that was edited since is learnt from again, in memory, at every start until that is done.
"""

from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.understanding.knowledge import Knowledge
from bot.understanding.language import SPELLINGS, table
from bot.understanding.linear import Model

FILE: Final = "learnt.npz"
_OWN: Final = ("language.py", "concepts.py", "linear.py", "reading.py")
_WORDS: Final = "utf-8"


def digest(knowledge: Knowledge) -> str:
    """Return what tells one knowledge, and one way to learn from it, from another."""
    said = sha256()
    for name in _OWN:
        text = (files(__package__) / name).read_text(_WORDS)  # with one line ending everywhere
        said.update(text.encode())
    for section in SPELLINGS:
        said.update(repr(table()[section]).encode())
    for known in (*knowledge.terms, *knowledge.examples):
        said.update(repr(known).encode())
    return said.hexdigest()


def keep(model: Model, folder: Path, of: str) -> None:
    """Write *model*, learnt from what has the digest *of*, beside what it was learnt from."""
    np.savez_compressed(
        folder / FILE,
        of=_packed([of]),
        tasks=_packed(model.tasks),
        features=_packed(list(model.numbers)),
        rarity=model.rarity,
        weights=model.weights.astype(np.float16),
    )


def kept(folder: Path, of: str) -> Model | None:
    """Return what was learnt from exactly this before, or None: then it must be learnt now."""
    try:
        with np.load(folder / FILE, allow_pickle=False) as file:
            if _unpacked(file["of"]) != [of]:
                return None
            return Model(
                tasks=tuple(_unpacked(file["tasks"])),
                numbers={name: number for number, name in enumerate(_unpacked(file["features"]))},
                rarity=file["rarity"],
                weights=file["weights"].astype(np.float32),
            )
    except (OSError, ValueError, KeyError, BadZipFile):
        return None


def _packed(names: list[str] | tuple[str, ...]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(_WORDS), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode(_WORDS).split("\n")
