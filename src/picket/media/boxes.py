"""The box structure of MP4 files: writing and walking.

Source: ISO/IEC 14496-12 (ISO base media file format), clause 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from picket.domain.errors import MediaError

HEADER_SIZE = 8
_HEADER = Struct(">I4s")
_LARGE = Struct(">Q")


@dataclass(frozen=True, slots=True)
class BoxSpan:
    """Where a box lies in some bytes."""

    type: bytes  # four characters
    start: int  # of its header
    body: int  # of what follows the header
    end: int  # one past its last byte


def box(box_type: bytes, *parts: bytes) -> bytes:
    """A box with a 32-bit size around the parts.

    Raises: ValueError when they are 4 GiB or more together.
    """
    size = HEADER_SIZE + sum(map(len, parts))
    return b"".join((box_header(box_type, size), *parts))


def box_header(box_type: bytes, size: int) -> bytes:
    """The eight bytes before a body, `size` counting them too."""
    if size >= 1 << 32:
        raise ValueError(f"a {box_type!r} box of {size} bytes needs a 64-bit size")
    return _HEADER.pack(size, box_type)


def large_box_header(box_type: bytes, size: int) -> bytes:
    """Sixteen bytes for a box of any size (clause 4.2, `largesize`)."""
    return _HEADER.pack(1, box_type) + _LARGE.pack(size)


def full_box(box_type: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """A box that begins with a version and 24 bits of flags."""
    return box(box_type, (version << 24 | flags).to_bytes(4, "big"), *parts)


def walk(data: bytes | bytearray | memoryview, start: int, end: int) -> Iterator[BoxSpan]:
    """The boxes that lie one after another in data[start:end].

    Raises: MediaError when a size is impossible.
    """
    while start < end:
        found = read_box_header(data, start)
        if found is None or found.end > end:
            raise MediaError(f"damaged box at byte {start}: it does not fit into its parent")
        yield found
        start = found.end


def read_box_header(data: bytes | bytearray | memoryview, at: int) -> BoxSpan | None:
    """The span that a header tells of, or None when no valid header lies at this byte."""
    if at + HEADER_SIZE > len(data):
        return None
    size, box_type = _HEADER.unpack_from(data, at)
    body = at + HEADER_SIZE
    if size == 1:
        if body + _LARGE.size > len(data):
            return None
        (size,) = _LARGE.unpack_from(data, body)
        body += _LARGE.size
    return BoxSpan(box_type, at, body, at + size) if size >= body - at else None


def find_box(data: bytes | bytearray | memoryview, parent: BoxSpan, *path: bytes) -> BoxSpan:
    """The first box under the parent along a path of types.

    Raises: MediaError when there is none.
    """
    span = parent
    for wanted in path:
        found = next((b for b in walk(data, span.body, span.end) if b.type == wanted), None)
        if found is None:
            raise MediaError(f"there is no {wanted!r} box inside {span.type!r}")
        span = found
    return span


def find_boxes(
    data: bytes | bytearray | memoryview, parent: BoxSpan, box_type: bytes
) -> list[BoxSpan]:
    """Every direct child of this type."""
    return [b for b in walk(data, parent.body, parent.end) if b.type == box_type]
