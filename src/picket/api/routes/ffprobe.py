"""What ffprobe says about the streams of cameras."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from fastapi import APIRouter, Query

from picket.api.deps import Context
from picket.api.schemas.ffprobe import ProbeOut
from picket.config.ffmpeg_args import encoded_path
from picket.config.root import Config
from picket.domain.errors import InvalidRequest, NotFound
from picket.media.probe import probe

CAMERA_PREFIX = "camera:"
MAX_SOURCES = 16
_BETWEEN = re.compile(r",(?=camera:|/|[a-zA-Z][a-zA-Z0-9+.-]*://)")

Paths = Annotated[str, Query(description="`camera:<name>`, URLs or files, separated by commas.")]

router = APIRouter(prefix="/api", tags=["cameras"])


@router.get("/ffprobe", responses={404: {"description": "No path, or an unknown camera."}})
def show_ffprobe(context: Context, paths: Paths = "") -> list[ProbeOut]:
    """The streams of `camera:<name>`, of a URL or of a file; several separated by commas."""
    sources = find_sources(context.config, paths)
    with ThreadPoolExecutor(len(sources)) as pool:  # a silent one must not keep the others waiting
        return [ProbeOut.of(answer) for answer in pool.map(probe, sources)]


def find_sources(config: Config, paths: str) -> list[str]:
    """The addresses that a list of paths means; a camera has one for each input.

    A comma separates only where another path begins: it may also stand in a password or a query.

    Raises:
        NotFound: nothing is named, or no camera in use has the name.
        InvalidRequest: too many at once, or what no path can be.
    """
    if "\0" in paths:
        raise InvalidRequest("paths: a null character is part of no path")
    sources: list[str] = []
    for path in filter(None, _BETWEEN.split(paths.strip())):
        if path.startswith(CAMERA_PREFIX):
            sources += _inputs(config, path.removeprefix(CAMERA_PREFIX))
        else:
            sources.append(encoded_path(path))
    if not sources:
        raise NotFound("No paths given: name some with ?paths=camera:<name>")
    if len(sources) > MAX_SOURCES:
        raise InvalidRequest(f"at most {MAX_SOURCES} inputs can be probed at once")
    return sources


def _inputs(config: Config, name: str) -> list[str]:
    camera = config.cameras.get(name)
    if camera is None or not camera.enabled:
        raise NotFound(f"Camera not found: {name}")
    return [encoded_path(source.path) for source in camera.ffmpeg.inputs]
