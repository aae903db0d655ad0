"""Who a recorded file is: a box inside it, so that the index can be rebuilt from the files.

Source: ISO/IEC 14496-12 clause 11.1 (`uuid` boxes, which players skip).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from picket.domain.errors import MediaError
from picket.media.boxes import box

IDENTITY_UUID = UUID("6b1f0d52-3a83-4c0e-9d0a-7e5b8b1c9a41").bytes
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Identity:
    """What a segment's row holds and its fragments do not tell."""

    id: str
    camera: str
    session: str
    start_time: float  # Unix seconds of the first video sample
    codecs: str  # RFC 6381
    width: int
    height: int
    version: int = FORMAT_VERSION


def identity_box(identity: Identity) -> bytes:
    """The box that follows `moov`: our UUID, then JSON."""
    text = json.dumps(asdict(identity), sort_keys=True, separators=(",", ":"))
    return box(b"uuid", IDENTITY_UUID, text.encode())


def read_identity(body: bytes) -> Identity:
    """Read the body of a `uuid` box; fields that a newer version added are skipped.

    Raises: MediaError when it is another's, or damaged.
    """
    if not body.startswith(IDENTITY_UUID):
        raise MediaError("the file was not written by this program")
    try:
        values = json.loads(body[len(IDENTITY_UUID) :])
        return Identity(
            id=str(values["id"]),
            camera=str(values["camera"]),
            session=str(values["session"]),
            start_time=float(values["start_time"]),
            codecs=str(values["codecs"]),
            width=int(values["width"]),
            height=int(values["height"]),
            version=int(values["version"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise MediaError("the identity of the file is damaged") from error
