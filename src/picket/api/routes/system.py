"""The program itself: alive, version, log, restart, description of the API."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

from picket.api.deps import Context
from picket.api.openapi import describe_api
from picket.api.schemas.event_changes import Done
from picket.api.schemas.system import VainfoOut
from picket.domain.errors import NotFound
from picket.media.vainfo import ask_vainfo

OWN_LOG = ("frigate", "picket")
FOREIGN_LOGS = ("go2rtc", "nginx")

router = APIRouter(prefix="/api", tags=["system"])


@router.get("/", response_class=PlainTextResponse)
async def show_alive() -> str:
    """A line of text, as long as requests are answered."""
    return "Picket is alive."


@router.get("/version", response_class=PlainTextResponse)
async def show_version(context: Context) -> str:
    """`<version of the contract>-<our version>`, as plain text."""
    return context.version


@router.get("/logs/{service}", response_class=PlainTextResponse)
def show_log(service: str, context: Context) -> str:
    """The newest lines of the log; `frigate` and `picket` are the program, the others a remark."""
    if service in OWN_LOG:
        return context.program.log()
    if service in FOREIGN_LOGS:
        return f"{service} is not part of Picket: what it does for Frigate, Picket does itself.\n"
    raise NotFound(f"there is no log {service}: ask for {', '.join((*OWN_LOG, *FOREIGN_LOGS))}")


@router.post("/restart")
def restart(context: Context) -> Done:
    """End the whole program and start it again; recording pauses for some seconds."""
    context.settings.restart()
    return Done(message="Restarting (this can take up to one minute)...")


@router.get("/vainfo")
def show_vainfo() -> VainfoOut:
    """What `vainfo` says about the machine's video hardware."""
    return VainfoOut.of(ask_vainfo())


@router.get("/openapi.json", include_in_schema=False)
def show_openapi(request: Request) -> dict[str, Any]:
    """This API for machines."""
    return describe_api(request.app)


@router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
def show_docs() -> str:
    """A page that lists every route; it loads nothing from elsewhere."""
    return _docs_page()


@lru_cache(maxsize=1)
def _docs_page() -> str:
    return (Path(__file__).parent.parent / "docs.html").read_text(encoding="utf-8")
