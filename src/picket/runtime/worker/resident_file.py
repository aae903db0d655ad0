"""The residents of one camera on the disk, so that a restart knows them."""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from picket.domain.appearance import Appearance
from picket.domain.geometry import Box
from picket.domain.resident import Resident

logger = logging.getLogger(__name__)

WRITE_S = 5.0
"""A change is written after so long at most; so much of it a killed process may lose."""
NEVER = float("-inf")


class ResidentFile:
    """A small JSON file with the newest state; boxes are shares of the frame, 0..1.

    It is replaced in one step, and one that cannot be read is worth no more than a first start.
    """

    def __init__(self, path: Path, monotonic: Callable[[], float]) -> None:
        self._path = path
        self._monotonic = monotonic
        self._written: tuple[Resident, ...] = ()
        self._written_monotonic = NEVER

    def read(self, width: int, height: int) -> tuple[Resident, ...]:
        """The residents as they were last written, for frames of this size in pixels."""
        try:
            found = json.loads(self._path.read_bytes())
            self._written = tuple(_from_json(one, width, height) for one in found)
        except FileNotFoundError:
            self._written = ()
        except (OSError, ValueError, KeyError, TypeError, binascii.Error) as error:
            logger.warning("what stands about is learned anew (%s): %s", error, self._path)
            self._written = ()
        return self._written

    def keep(
        self, residents: tuple[Resident, ...], width: int, height: int, *, is_last: bool = False
    ) -> None:
        """Write what changed, unless it was done a moment ago and more frames will come."""
        now = self._monotonic()
        is_early = now - self._written_monotonic < WRITE_S and not is_last
        if residents == self._written or is_early:
            return
        self._written, self._written_monotonic = residents, now
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps([_to_json(one, width, height) for one in residents]))
            fresh.replace(self._path)
        except OSError as error:
            logger.warning("a restart will not know what stands about: %s", error)


def _to_json(resident: Resident, width: int, height: int) -> dict[str, Any]:
    return {
        "id": resident.id,
        "label": resident.label,
        "box": resident.box.relative(width, height),
        "appearances": [base64.b64encode(one.to_bytes()).decode() for one in resident.appearances],
        "since_time": resident.since_time,
        "seen_time": resident.seen_time,
    }


def _from_json(found: dict[str, Any], width: int, height: int) -> Resident:
    """Raises: ValueError, KeyError or TypeError when it is not what was written."""
    x, y, across, down = found["box"]
    box = Box(
        round(x * width), round(y * height), round((x + across) * width), round((y + down) * height)
    )
    inside = box.clipped(width, height)
    appearances = tuple(
        Appearance.from_bytes(base64.b64decode(one)) for one in found["appearances"]
    )
    if inside is None or not appearances:
        raise ValueError(f"{found['id']} has no place or no appearance")
    return Resident(
        id=str(found["id"]),
        label=str(found["label"]),
        box=inside,
        appearances=appearances,
        since_time=float(found["since_time"]),
        seen_time=float(found["seen_time"]),
    )
