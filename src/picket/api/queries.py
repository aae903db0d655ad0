"""Values of a query string, read as leniently as existing clients need."""

from __future__ import annotations

import math
import re
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from picket.domain.errors import InvalidRequest
from picket.media.jpeg import MAX_HEIGHT_PX
from picket.store.event_groups import Choice
from picket.store.event_query import DaytimeRange
from picket.store.local_time import find_zone

ALL = "all"
NONE = "None"
WHOLE_DAY = "00:00,24:00"
_DAYTIME = re.compile(r"(\d{1,2}):([0-5]\d),(\d{1,2}):([0-5]\d)")


class Question(BaseModel):
    """What a request may ask; the text below a field is its description for clients."""

    model_config = ConfigDict(use_attribute_docstrings=True)


def int_or_nothing(value: object) -> int | None:
    """A whole number; any other text counts as absent."""
    try:
        return int(str(value))
    except ValueError:
        return None


def float_or_nothing(value: object) -> float | None:
    """A finite number; any other text counts as absent."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def instant_or_nothing(value: object) -> float | None:
    """Unix seconds; 0 counts as absent, as clients send it for `no bound`."""
    return float_or_nothing(value) or None


def yes_no_or_nothing(value: object) -> bool | None:
    """1 and 0 as yes and no; everything else counts as absent."""
    number = int_or_nothing(value)
    return bool(number) if number in (0, 1) else None


Switch = Annotated[bool, BeforeValidator(lambda value: bool(int_or_nothing(value)))]
"""0 or 1; garbage is 0."""

Filter = Annotated[bool | None, BeforeValidator(yes_no_or_nothing)]
"""0 or 1, or no filter."""

Number = Annotated[float | None, BeforeValidator(float_or_nothing)]

Instant = Annotated[float | None, BeforeValidator(instant_or_nothing)]

WholeNumber = Annotated[int | None, BeforeValidator(int_or_nothing)]

Height = Annotated[int, Field(ge=1, le=MAX_HEIGHT_PX)]
"""Pixels."""

Limit = Annotated[int, Field(ge=-1, le=2**63 - 1)]
"""How many at most; -1 for all."""


Download = Annotated[str, Query(description="Any text makes a file of it.")]


def split_list(text: str) -> tuple[str, ...] | None:
    """The values of a comma-separated list; None for `all` and for nothing."""
    if text in ("", ALL):
        return None
    return tuple(dict.fromkeys(text.split(",")))


def choose(many: str, one: str) -> Choice | None:
    """A list, or the older form with one value where the list says `all`; `None` is no value."""
    wanted = split_list(many)
    if wanted is None:
        wanted = None if one in ("", ALL) else (one,)
    if wanted is None:
        return None
    return Choice(tuple(value for value in wanted if value != NONE), or_none=NONE in wanted)


def read_daytime(text: str, timezone: str) -> DaytimeRange | None:
    """`HH:MM,HH:MM` of the local clock of a zone; None for the whole day.

    Raises: InvalidRequest when the text has another form or there is no such zone.
    """
    if text in ("", WHOLE_DAY):
        return None
    found = _DAYTIME.fullmatch(text)
    hours_ok = found and int(found[1]) <= 24 and int(found[3]) <= 24
    if found is None or not hours_ok:
        raise InvalidRequest(f"time_range must look like 20:00,06:00, got {text[:40]!r}")
    after_s, before_s = (int(found[hour]) * 3600 + int(found[hour + 1]) * 60 for hour in (1, 3))
    return DaytimeRange(after_s, before_s, find_zone(timezone))
