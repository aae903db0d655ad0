"""File names of exports; pure.

A file that is being written has a prefix, and `@` behind the camera: existing clients show it as
running by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import count

from picket.domain.timespan import TimeSpan

SUFFIX = ".mp4"
PARTIAL_PREFIX = "in_progress."
MAX_STEM = 150
STEM = re.compile(rf"[:_A-Za-z0-9-]{{1,{MAX_STEM}}}")
"""What a client may call an export."""

_OTHER = re.compile(r"[^:_A-Za-z0-9-]+")


def range_stem(camera: str, span: TimeSpan, zone: tzinfo | None) -> str:
    """The name of a time range, to the minute, in local time; the system's zone for None."""
    start, end = (
        f"{datetime.fromtimestamp(int(time), zone):%Y_%m_%d_%H_%M}"
        for time in (span.start_time, span.end_time)
    )
    return f"{camera}_{start}__{end}"


def wished_stem(wish: str) -> str:
    """A wished name with everything else than letters, digits, `:`, `_` and `-` as `_`.

    "" when nothing of it is left.
    """
    return _OTHER.sub("_", wish).strip("_")[:MAX_STEM]


def numbered_names(stem: str) -> Iterator[str]:
    """File names to try one after the other: `stem.mp4`, `stem_2.mp4` and so on."""
    yield f"{stem}{SUFFIX}"
    for number in count(2):
        yield f"{stem}_{number}{SUFFIX}"


def partial_name(camera: str, name: str) -> str:
    """The name of a file of a camera while it is written; no two names share one."""
    head = f"{camera}_"
    shown = f"{camera}@{name.removeprefix(head)}" if name.startswith(head) else name
    return f"{PARTIAL_PREFIX}{shown}"


def with_suffix(name: str) -> str:
    """The file name that a client means, which may leave out `.mp4`."""
    return name if name.endswith(SUFFIX) else f"{name}{SUFFIX}"
