"""What a client already has, and which part it still wants; pure.

Source: RFC 9110, sections 8.8 (validators), 13 (conditional requests) and 14 (range requests).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import formatdate, mktime_tz, parsedate_tz

from starlette.datastructures import Headers

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a client recognises that its copy is still good."""

    etag: str  # in quotes; another one whenever a byte differs
    modified_time: float | None = None  # Unix seconds

    def headers(self) -> dict[str, str]:
        """As an answer tells them."""
        told = {"ETag": self.etag}
        if self.modified_time is not None:
            told["Last-Modified"] = formatdate(self.modified_time, usegmt=True)
        return told


@dataclass(frozen=True, slots=True)
class ByteRange:
    """start <= byte < end; empty when nothing of what was asked for exists."""

    start: int
    end: int


def is_known(wanted: Headers, validators: Validators) -> bool:
    """Whether the client's copy is good, so that 304 is the answer; tags win over dates."""
    tags = wanted.getlist("if-none-match")
    if tags:
        text = ",".join(tags)
        return text.strip() == "*" or validators.etag in _TAG.findall(text)
    since = read_date(wanted.get("if-modified-since", ""))
    changed = validators.modified_time
    return since is not None and changed is not None and int(changed) <= since


def find_range(wanted: Headers, validators: Validators, size: int) -> ByteRange | None:
    """The part of `size` bytes that is asked for.

    None stands for the whole: for want of a range, for several at once, for one that cannot be
    read, and for one of an older version (`If-Range`).
    """
    found = _RANGE.fullmatch(wanted.get("range", "").strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not _is_same(wanted.get("if-range"), validators):
        return None
    return _select(found[1], found[2], size)


def read_date(text: str) -> float | None:
    """Unix seconds of an HTTP date; None for every other text."""
    try:
        parts = parsedate_tz(text)
        return None if parts is None else float(mktime_tz(parts))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def _is_same(if_range: str | None, validators: Validators) -> bool:
    """Whether the part that the client has is of this very version."""
    if if_range is None:
        return True
    return if_range.strip() in validators.headers().values()


def _select(first: str, last: str, size: int) -> ByteRange:
    if not first:
        return ByteRange(size - min(int(last), size), size)
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    return ByteRange(start, max(start, end))
