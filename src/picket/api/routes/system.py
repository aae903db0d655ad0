"""The program itself: alive, version, configuration, description of the API."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

from picket.api.deps import Context
from picket.api.openapi import describe_api
from picket.config.masking import Observed, public_config

router = APIRouter(prefix="/api", tags=["system"])


@router.get("/", response_class=PlainTextResponse)
async def show_alive() -> str:
    """A line of text, as long as requests are answered."""
    return "Picket is alive."


@router.get("/version", response_class=PlainTextResponse)
async def show_version(context: Context) -> str:
    """`<version of the contract>-<our version>`, as plain text."""
    return context.version


@router.get("/config")
def show_config(context: Context) -> dict[str, Any]:
    """The configuration in effect, without credentials."""
    return public_config(
        context.config,
        Observed(
            sizes={
                name: (status.width, status.height)
                for name, status in context.live.cameras().items()
                if status.width and status.height
            },
            labels={
                name: dict(enumerate(status.model.labels))
                for name, status in context.live.detectors().items()
                if status.model is not None
            },
        ),
    )


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
