"""Rows for plain MP4 files as Frigate records them: the path and the file tell everything."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from picket.domain.errors import MediaError
from picket.domain.segment import MEDIA_TIMESCALE, Segment
from picket.media.footage_file import read_plain_form

_PATH = re.compile(r"(\d{4}-\d{2}-\d{2}/\d{2})/([^/]+)/(\d{2}\.\d{2})(-\d+)?\.mp4")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_TAIL = 6


@dataclass(frozen=True, slots=True)
class PlainName:
    """What a path says, `YYYY-MM-DD/HH/<camera>/MM.SS.mp4` in UTC."""

    id: str  # always the same for the same path
    camera: str
    start_time: float  # Unix seconds, whole


def read_plain_name(relative: str) -> PlainName | None:
    """Read a path below the recordings folder; None when it has another form."""
    found = _PATH.fullmatch(relative)
    if found is None:
        return None
    try:
        moment = datetime.strptime(f"{found[1]} {found[3]}+0000", "%Y-%m-%d/%H %M.%S%z")
    except ValueError:
        return None
    start_time = moment.timestamp()
    return PlainName(f"{start_time}-{_tail(relative)}", found[2], start_time)


def read_plain_segment(root: Path, relative: str, name: PlainName) -> Segment:
    """The row of a plain file; its fragments count by our view of the file.

    Files whose heads are alike share a session, so that a clip of many has one description.

    Args:
        root: the recordings folder.
        relative: the file's path below it.
        name: who it is.

    Raises: OSError; MediaError when the file is not whole, or nothing that can be played.
    """
    fd = os.open(root / relative, os.O_RDONLY)
    try:
        form, size_bytes = read_plain_form(fd), os.fstat(fd).st_size
    finally:
        os.close(fd)
    if form.file_end > size_bytes:
        raise MediaError("the file is cut short")
    last = form.fragments[-1]
    duration_s = (last.start_ticks + last.duration_ticks) / MEDIA_TIMESCALE
    return Segment(
        id=name.id,
        camera=name.camera,
        session=f"plain-{sha256(form.init.data).hexdigest()[:16]}",
        path=relative,
        start_time=name.start_time,
        end_time=name.start_time + duration_s,
        size_bytes=size_bytes,
        is_closed=True,
        codecs=form.init.codecs,
        width=form.init.width,
        height=form.init.height,
        init_size=len(form.init.data),
        fragments=form.fragments,
    )


def _tail(relative: str) -> str:
    number = int.from_bytes(sha256(relative.encode()).digest()[:8], "big")
    return "".join(_DIGITS[number // 36**place % 36] for place in range(_ID_TAIL))
