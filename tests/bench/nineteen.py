"""A cooperation of nineteen members, all invented: the HALD agreement's words, other people."""

import re

from bot.agreements import HALD, parse_agreement, read_source

MEMBERS = 19
CONTACTS = ("alstahaug", "heroy", "donna", "leirfjord")  # roles, whoever has them
MEMBER = """[[municipalities]]
id = "oppdiktet-{n}"
name = "Oppdiktet {n}"
inhabitants = [{{ from = 2023-01-01, number = {then} }}, {{ from = 2025-01-01, number = {now} }}]
joined = 2020
contact = "contact-{contact}"
own_contact = "own-contact"
domains = ["oppdiktet-{n}.example"]
"""


def source() -> str:
    """Return the agreement's file."""
    members = "\n".join(
        MEMBER.format(n=n, then=900 + 370 * n, now=880 + 375 * n, contact=CONTACTS[n % 4])
        for n in range(1, MEMBERS + 1)
    )
    text = read_source(HALD).replace('host = "alstahaug"', 'host = "oppdiktet-1"')
    text = text.replace('id = "hald"', 'id = "oppdiktet"').replace('"HALD"', '"DIKT"')
    blocks = r"(?s)\[\[municipalities\]\].*?(?=# FACT: the tasks)"
    return re.sub(blocks, lambda _: members + "\n", text, count=1)


SOURCE = source()
NINETEEN = parse_agreement(SOURCE, "nineteen.toml")
