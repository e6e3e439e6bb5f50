"""Files on the page: shared there, fetched by the desk, and given to who may read the line."""

import httpx
import pytest

from bot.cards.blocks import Card
from bot.conversation import NotDelivered, Said
from bot.domain.people import Place, Platform
from bot.files import Content, FileCarrier, FileTooLarge
from bot.privacy import MASK
from tests.web.counter import Counter

OLA = "ola.husver"
KARI = "kari.nordnes"
LIST = ("bilag.xlsx", b"1;2;3", "application/vnd.ms-excel")
GIVEN = Content(name="svar på bilag.pdf", media_type="application/pdf", content=b"%PDF")


async def says(browser: httpx.AsyncClient, text: str, *files: tuple[str, bytes, str]):
    return await browser.post(
        f"/chat/{OLA}/{OLA}/say", data={"text": text}, files=[("upload", file) for file in files]
    )


async def test_a_file_is_told_of_with_the_words_and_can_be_fetched(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    assert (await says(browser, "Se vedlegg", LIST)).status_code == 200

    [heard] = counter.heard
    assert isinstance(heard, Said)
    [file] = heard.files
    assert (heard.text, file.name, file.size) == ("Se vedlegg", "bilag.xlsx", 5)
    assert await counter.sender.fetch(file.source, 5) == b"1;2;3"
    with pytest.raises(FileTooLarge):
        await counter.sender.fetch(file.source, 4)


async def test_files_without_words_say_their_names(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    await says(browser, " ", LIST, ("C:\\Ola\\010190 12480.pdf", b"2", "application/pdf"))

    [heard] = counter.heard
    assert isinstance(heard, Said)
    assert heard.text == f"bilag.xlsx\n{MASK}.pdf"


async def test_a_file_that_is_too_large_is_refused_at_once_and_nothing_is_said(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    answer = await says(browser, "Se", ("stor.pdf", b"1" * 10_000_001, "application/pdf"))

    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "Filen er for stor. Det meste vi tar imot er 10 MB.",
    )
    assert counter.heard == []


async def test_a_file_is_saved_by_who_reads_the_line_and_by_nobody_else(
    counter: Counter, browser: httpx.AsyncClient
) -> None:
    card = Card(title="Kari sender deg en fil")
    await counter.sender.send_file(Place(Platform.WEB, OLA), card, GIVEN)
    page = (await browser.get(f"/chat/{OLA}")).text
    [address] = [part for part in page.split('"') if "/files/" in part]

    given = await browser.get(address)

    assert given.content == b"%PDF"
    assert given.headers["content-type"] == "application/octet-stream"
    assert given.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''svar%20p%C3%A5%20bilag.pdf"
    )
    assert ">svar på bilag.pdf</a>" in page
    file = address.rpartition("/")[2]
    for other in (f"/chat/{KARI}/{OLA}", f"/chat/{KARI}/{KARI}", f"/chat/{KARI}/team"):
        assert (await browser.get(f"{other}/files/{file}")).status_code == 404


async def test_what_is_not_there_is_not_fetched(counter: Counter) -> None:
    assert isinstance(counter.sender, FileCarrier)
    with pytest.raises(NotDelivered) as refused:
        await counter.sender.fetch("00000000-0000-0000-0000-000000000000", 5)
    assert refused.value.final
