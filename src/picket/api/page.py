"""The web page: its built files, and its first file for every address that only it knows.

It is asked last, when no route of the API has answered: whatever a client of the contract asks for
is not the page's affair.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi import Request, Response
from starlette.datastructures import Headers

from picket.api.answers import file_answer
from picket.api.compression import accepts_coding
from picket.domain.errors import NotFound
from picket.media.paths import resolve_inside

PAGE_FOLDER = Path(__file__).parent.parent / "page"
"""Where `make web` puts it; its first file is `index.html`, and `assets/` has names that never
stand for another content."""

RESERVED = ("api", "vod", "clips", "ws")
"""First folders below which nothing is the page's; `exports` and `recordings` have routes."""

REVALIDATED = "no-cache"
KEPT = "public, max-age=31536000, immutable"

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".txt": "text/plain; charset=utf-8",
}
"""Said here, for the tables of machines differ; nothing else is served."""

CODINGS = (("br", ".br"), ("gzip", ".gz"))
"""Compressed copies that may lie beside a file, best first."""

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Picket</title>
<h1>Picket is running</h1>
<p>Its web page has not been built: run <code>make web</code> in the project's folder, then load
this address again.</p>
<p>Meanwhile <a href="/api/docs">every route of the API</a> works.</p>
</html>
"""


def page_answer(request: Request, folder: Path, framers: Sequence[str] = ()) -> Response | None:
    """A file of the page, its first file for an address of its own, or None: it is not asked.

    Args: framers: origins of pages that may show this one in a frame.
    """
    path = request.scope["path"].strip("/")
    if request.method not in ("GET", "HEAD") or path.partition("/")[0] in RESERVED:
        return None
    guards = _guards(request.headers, framers)
    if path and Path(path).suffix in MEDIA_TYPES and (found := _find(folder, path)):
        return _answer(request, found, KEPT if path.startswith("assets/") else REVALIDATED, guards)
    if "text/html" not in request.headers.get("accept", "") and path:
        return None
    first = _find(folder, "index.html")
    if first is None:
        return Response(NOT_BUILT, 200, guards, MEDIA_TYPES[".html"])
    return _answer(request, first, REVALIDATED, guards)


def _find(folder: Path, name: str) -> Path | None:
    try:
        path = resolve_inside(folder, name)
    except NotFound:
        return None
    return path if path.is_file() else None


def _answer(
    request: Request, path: Path, cache_control: str, guards: Mapping[str, str]
) -> Response:
    """The file, or the copy of it that is shorter and that the client takes."""
    media_type = MEDIA_TYPES[path.suffix]
    headers = {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    if path.suffix == ".html":
        headers |= guards
    accepted = ",".join(request.headers.getlist("accept-encoding"))
    for coding, suffix in CODINGS:
        copy = path.with_name(path.name + suffix)
        if accepts_coding(accepted, coding) and copy.is_file():
            headers["Content-Encoding"] = coding
            path = copy
            break
    return file_answer(request, path, headers, media_type)


def _guards(asked: Headers, framers: Sequence[str]) -> dict[str, str]:
    """What a browser must refuse on the page's behalf: foreign code, frames, addresses given away.

    Source: https://www.w3.org/TR/CSP3/
    """
    ancestors = " ".join(("'self'", *framers)) if framers else "'none'"
    host = asked.get("host", "")
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    policy = (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        f"connect-src 'self'{sockets}",  # older browsers do not count sockets to 'self'
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        f"frame-ancestors {ancestors}",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=()",
        **({} if framers else {"X-Frame-Options": "DENY"}),  # it knows no list of origins
    }
