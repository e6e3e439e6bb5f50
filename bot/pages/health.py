"""For whoever keeps the program running: is it alive, and is it ready for questions?"""

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.conversation import Desk


def serve(web: FastAPI, desk: Desk) -> None:
    @web.get("/healthz")
    def healthz() -> JSONResponse:
        """Answer 200 as long as the process answers at all."""
        return JSONResponse({"status": "alive"})

    @web.get("/readyz")
    def readyz() -> JSONResponse:
        """Answer 200 when questions can be stored; else 503 and what is wrong."""
        try:
            is_current = desk.database.is_current()
        except Exception:  # noqa: BLE001 - whatever is wrong with the database, we are not ready
            return JSONResponse({"status": "no database"}, status_code=503)
        if not is_current:
            return JSONResponse({"status": "not migrated"}, status_code=503)
        return JSONResponse({"status": "ready"})
