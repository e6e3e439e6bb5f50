"""Draw a card as a PDF with tags and bookmarks (PDF/UA-1), which a screen reader can read.

Buttons, fields and pictures on our pages have no place on paper, and are left out. Typst refuses
to write what would not be accessible. The same card always becomes the same bytes.
"""

import json
from pathlib import Path

import typst

from bot.cards.blocks import Buttons, Card, Input, Picture, Select
from bot.domain.people import Language

TEMPLATE = Path(__file__).with_name("card.typ")
NOT_ON_PAPER = Buttons | Input | Picture | Select


def pdf(card: Card, language: Language) -> bytes:
    """Return *card* as a document of A4 pages, in *language*."""
    printed = [block for block in card.body if not isinstance(block, NOT_ON_PAPER)]
    told = {
        "title": card.title,
        "language": language,
        "body": [block.model_dump(mode="json") for block in printed],
    }
    written = typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"card": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    if not isinstance(written, bytes):
        raise TypeError("a PDF is one file")
    return written
