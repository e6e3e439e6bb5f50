"""What people do on our own page, read once and turned into ours. Nobody signs in: it is a demo."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI, File, Form, HTTPException, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.conversation import Commanded, Desk, Inbound, Opened, Pressed, Said, Shown, Submitted
from bot.domain.files import MEGABYTE
from bot.domain.people import Account, Person, PersonId, Place, Platform
from bot.platforms.commands import command_in
from bot.platforms.door import Door
from bot.platforms.web_here import OnlyFromHere
from bot.platforms.web_live import live
from bot.platforms.web_uploads import TooLarge, Upload, download, keep, uploaded
from bot.privacy import masked
from bot.render.html import html
from bot.texts import texts
from storage.web_messages import TEAM, Line, may_read

TENANT = "demo"
TEAM_PLACE = Place(Platform.WEB, TEAM)
LONGEST = 40_000  # characters in a message
FIELD = "field."

Answer = dict[str, Any]


def listen(web: FastAPI, desk: Desk, door: Door) -> None:
    """Let people write and press at ``/chat/…``, and hear what is new at ``/live``."""
    chat = WebChat(desk, door)
    web.add_middleware(OnlyFromHere)
    web.add_api_route("/chat/{person}/{channel}/say", chat.say, methods=["POST"])
    web.add_api_route("/chat/{person}/{channel}/files/{file_id}", chat.file)
    web.add_api_route("/chat/{person}/{channel}/press", chat.press, methods=["POST"])
    web.add_api_route("/chat/{person}/submit", chat.submit, methods=["POST"])
    web.add_api_route("/chat/{person}/home", chat.home, methods=["POST"])
    live(web, desk.database)


def account(person: PersonId) -> Account:
    """Return *person*'s account on the page."""
    return Account(Platform.WEB, TENANT, person)


@dataclass(frozen=True, slots=True)
class WebChat:
    """What a page may post. Each answers with what to show at once: windows, errors by field."""

    desk: Desk
    door: Door

    async def say(
        self,
        person: str,
        channel: str,
        text: Annotated[str, Form()] = "",
        thread: Annotated[str, Form()] = "",
        upload: Annotated[list[UploadFile] | None, File()] = None,
    ) -> Answer:
        speaker = await self._speaker(person, channel)
        files = await self._uploaded(upload or [], speaker)
        clean = _clean(text.strip() or "\n".join(file.name for file in files), speaker)
        if command := command_in(clean):
            return await self._happens(self._commanded(speaker, *command))
        root = (await self._line(thread, speaker, channel)).root if thread else None
        line = await run_in_threadpool(self._write, speaker, channel, clean, root, files)
        return await self._happens(_said(line, speaker, clean, files))

    async def file(self, person: str, channel: str, file_id: UUID) -> Response:
        """Give a file on a line to who may read that line."""
        reader = await self._speaker(person, channel)
        found = await run_in_threadpool(self._file, file_id)
        if found is None:
            raise _problem(404, "page.gone", reader)
        number, name, content = found
        await self._line(str(number), reader, channel)
        return download(name, content)

    async def press(self, request: Request, person: str, channel: str) -> Answer:
        speaker = await self._speaker(person, channel)
        form = await _form(request)
        card = form.get("line", "")  # a card in a window is no line of the chat
        root = (await self._line(card, speaker, channel)).root if card else None
        pressed = Pressed(
            **self._came(speaker),
            place=Place(Platform.WEB, channel, root),
            action=form.get("action", ""),
            value=form.get("value", ""),
            fields=_fields(form),
            card=card or None,
            trigger=TENANT,
        )
        return await self._happens(pressed)

    async def submit(self, request: Request, person: str) -> Answer:
        speaker = await self._speaker(person, person)
        form = await _form(request)
        submitted = Submitted(
            **self._came(speaker),
            place=Place(Platform.WEB, speaker.id),
            action=form.get("action", ""),
            value=form.get("value", ""),
            fields=_fields(form),
        )
        return await self._happens(submitted)

    async def home(self, person: str) -> Answer:
        speaker = await self._speaker(person, person)
        place = Place(Platform.WEB, speaker.id)
        return await self._happens(Opened(**self._came(speaker), place=place))

    async def _happens(self, event: Inbound) -> Answer:
        return _answer(await self.door(event))

    def _commanded(self, speaker: Person, command: str, text: str) -> Commanded:
        return Commanded(
            **self._came(speaker),
            place=Place(Platform.WEB, speaker.id),
            command=command,
            text=text,
            trigger=TENANT,
        )

    def _came(self, speaker: Person) -> dict[str, Any]:
        """Return what every event has. One request is one event: nobody sends it again."""
        key = f"web:{self.desk.new_id()}"
        return {"key": key, "account": account(speaker.id), "at": self.desk.clock()}

    async def _speaker(self, person: str, channel: str) -> Person:
        speaker = await run_in_threadpool(self._find, person)
        if speaker is None or not may_read(speaker, channel):
            raise HTTPException(404, "Nobody here by that name has that conversation.")
        return speaker

    def _find(self, person: str) -> Person | None:
        with self.desk.database.reading() as store:
            return store.people.by_account(account(PersonId(person)))

    async def _line(self, number: str, reader: Person, channel: str) -> Line:
        line = await run_in_threadpool(self._get, _number(number))
        is_seen = line and line.channel == channel and line.only_to in {None, reader.id}
        if line is None or not is_seen:
            raise _problem(404, "page.gone", reader)
        return line

    def _get(self, number: int) -> Line | None:
        with self.desk.database.reading() as store:
            return store.web_messages.get(number)

    def _file(self, file_id: UUID) -> tuple[int, str, bytes] | None:
        with self.desk.database.reading() as store:
            return store.web_files.get(file_id)

    async def _uploaded(self, uploads: list[UploadFile], speaker: Person) -> list[Upload]:
        most = self.desk.files.largest
        try:
            named = [upload for upload in uploads if upload.filename]
            return [await uploaded(self.desk.new_id(), upload, most) for upload in named]
        except TooLarge as error:
            key, largest = "page.file_too_large", most // MEGABYTE
            raise _problem(422, key, speaker, most=largest) from error

    def _write(
        self, speaker: Person, channel: str, text: str, root: str | None, files: list[Upload]
    ) -> Line:
        with self.desk.database.transaction() as store:
            line = store.web_messages.write(
                channel, masked(text).text, self.desk.clock(), author=speaker.id, thread=root
            )
            keep(files, line, store)
            return line


def _said(line: Line, speaker: Person, text: str, files: list[Upload]) -> Said:
    is_direct = line.channel == speaker.id
    return Said(
        key=f"web:{line.number}",
        account=account(speaker.id),
        at=line.at,
        place=Place(Platform.WEB, line.channel, line.root),
        message=f"web:{line.number}",
        text=text,
        to_us=is_direct,
        is_direct=is_direct,
        files=tuple(file.shared for file in files),
    )


def _answer(shown: Shown) -> Answer:
    windows = [
        html(show.card, name=f"window-{number}", level=2) for number, show in enumerate(shown.cards)
    ]
    return {"windows": windows, "errors": dict(shown.errors)}


def _clean(text: str, speaker: Person) -> str:
    """Return *text* without control characters, which no person writes and no database takes."""
    lines = text.replace("\r\n", "\n")
    clean = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    if not clean.strip():
        raise _problem(422, "page.empty", speaker)
    if len(clean) > LONGEST:
        raise _problem(422, "page.too_long", speaker, longest=LONGEST)
    return clean.strip()


def _problem(status: int, key: str, reader: Person, **values: object) -> HTTPException:
    """Return a refusal that the page shows to *reader*, in their own language."""
    return HTTPException(status, texts(reader.language)(key, **values))


async def _form(request: Request) -> Mapping[str, str]:
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _fields(form: Mapping[str, str]) -> Mapping[str, str]:
    return {
        name.removeprefix(FIELD): value for name, value in form.items() if name.startswith(FIELD)
    }


def _number(text: str) -> int:
    """Return the line's number; what is no number, or too large for one, is no line's."""
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0
