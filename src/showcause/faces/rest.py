"""HTTP requests on loopback in, the same Matter methods as the command line's, JSON or the report out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from showcause import __version__, matter
from showcause.errors import ShowcauseError
from showcause.faces import exchanged, show
from showcause.settings import Settings


def app(root: Path, *, settings: Settings) -> FastAPI:
    """The API over the matter in `root`; it reads, and changes nothing."""
    made = FastAPI(title="showcause", version=__version__, docs_url=None, redoc_url=None)

    def asking(answer: Callable[[matter.Matter], Any]) -> Any:
        with matter.find(root, settings=settings) as found:
            return answer(found)

    @made.exception_handler(ShowcauseError)
    def refused(_: Request, error: Exception) -> JSONResponse:
        status = error.http_status if isinstance(error, ShowcauseError) else 500
        return JSONResponse({"error": str(error)}, status_code=status)

    @made.get("/", response_class=HTMLResponse)
    def report() -> str:
        page: str = asking(lambda m: m.report_html())
        return page

    @made.get("/api/status")
    def status() -> Any:
        return asking(lambda m: m.status())

    @made.get("/api/given")
    def given() -> Any:
        return asking(lambda m: [show.given_row(one) for one in m.given()])

    @made.get("/api/laws")
    def laws() -> Any:
        return asking(lambda m: [show.law_row(law, official=law.official) for law in m.laws()])

    @made.get("/api/findings")
    def findings() -> Any:
        return asking(lambda m: list(m.rows()))

    @made.get("/api/documents/{name}")
    def document(name: str) -> Any:
        return asking(lambda m: show.document_row(m.document(name)))

    _exchange(made, asking)
    return made


def _exchange(made: FastAPI, asking: Callable[[Callable[[matter.Matter], Any]], Any]) -> None:
    """The routes of the exchange: letters, deadlines, timeline, holds."""

    @made.get("/api/letters")
    def letters() -> Any:
        return asking(lambda m: [exchanged.happened_row(one) for one in m.exchange.letters()])

    @made.get("/api/deadlines")
    def deadlines() -> Any:
        return asking(lambda m: [exchanged.deadline_row(d, m.exchange.today()) for d in m.exchange.deadlines()])

    @made.get("/api/deadlines.ics")
    def calendar() -> Response:
        return Response(asking(lambda m: m.exchange.calendar()), media_type="text/calendar")

    @made.get("/api/timeline")
    def timeline() -> Any:
        return asking(
            lambda m: [exchanged.exchange_row(one, m.exchange.standing(one)) for one in m.exchange.exchanges()]
        )

    @made.get("/api/holds")
    def holds() -> Any:
        return asking(lambda m: [matter.hold_row(one) for one in m.exchange.holds()])


def serve(root: Path, *, port: int, settings: Settings) -> None:
    """Serve the matter in `root` on 127.0.0.1 until interrupted."""
    import uvicorn

    uvicorn.run(app(root, settings=settings), host="127.0.0.1", port=port, log_level="warning")
