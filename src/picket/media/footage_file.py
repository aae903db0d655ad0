"""One recorded file, read as one of ours whoever wrote it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from picket.domain.errors import MediaError
from picket.media.boxes import BoxSpan, read_box_header
from picket.media.plain_form import PlainForm, plain_form

MAX_MOOV_BYTES = 1 << 26  # hours of samples; damage may claim anything

_LARGEST_HEADER = 16
_MAX_TOP_BOXES = 16
_OUR_HEAD = [b"ftyp", b"moov", b"uuid"]


class FootageFile:
    """An open file; plain ones of other programs are seen in our form."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises: OSError; MediaError when it is neither ours nor a plain MP4 file.
        """
        self._fd = os.open(path, os.O_RDONLY)
        try:
            self._form = None if is_ours(self._fd) else read_plain_form(self._fd)
        except BaseException:
            os.close(self._fd)
            raise

    def read(self, offset: int, size: int) -> bytes:
        """Bytes of the file, fewer at its end. Raises: OSError."""
        if self._form is None:
            return os.pread(self._fd, size, offset)
        return self._form.read(offset, size, lambda count, at: os.pread(self._fd, count, at))

    def close(self) -> None:
        """Let go of it."""
        os.close(self._fd)


def is_ours(fd: int) -> bool:
    """Whether the file begins as a recorded segment does. Raises: OSError."""
    kinds = []
    for found in _top_boxes(fd):
        kinds.append(found.type)
        if len(kinds) == len(_OUR_HEAD):
            break
    return kinds == _OUR_HEAD


def read_plain_form(fd: int) -> PlainForm:
    """The view of a plain MP4 file.

    Raises: OSError; MediaError when it has no `moov`, or one that is damaged or not plain.
    """
    moov = next((one for one in _top_boxes(fd) if one.type == b"moov"), None)
    if moov is None or moov.end - moov.start > MAX_MOOV_BYTES:
        raise MediaError("the file is no whole MP4 file")
    return plain_form(os.pread(fd, moov.end - moov.start, moov.start))


def _top_boxes(fd: int) -> Iterator[BoxSpan]:
    """The first boxes of a file as far as their headers make sense."""
    at = 0
    for _ in range(_MAX_TOP_BOXES):
        found = read_box_header(os.pread(fd, _LARGEST_HEADER, at), 0)
        if found is None:
            return
        yield BoxSpan(found.type, at, at + found.body, at + found.end)
        at += found.end
