"""Local days and hours of a time zone, with the clock changes of its history; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from picket.domain.errors import InvalidRequest
from picket.domain.timespan import TimeSpan

DAY_S = 86_400
HOUR_S = 3_600
# Far shorter than the shortest clock setting on record (Morocco's month of Ramadan).
PROBE_S = 7 * DAY_S


@dataclass(frozen=True, slots=True)
class OffsetPeriod:
    """A span in which local time is UTC plus a constant."""

    start_time: int  # Unix seconds
    end_time: int  # exclusive
    offset_s: int


def find_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; `utc` in any case is UTC.

    Raises: InvalidRequest when there is no such zone.
    """
    try:
        return ZoneInfo("UTC" if name.lower() == "utc" else name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidRequest(
            f"Unknown timezone {name[:60]!r}: use an IANA name such as Europe/Berlin, or utc"
        ) from error


def offset_periods(zone: ZoneInfo, span: TimeSpan) -> tuple[OffsetPeriod, ...]:
    """The constant offsets of a zone that together cover a span, in order.

    The span is widened to whole weeks, so that the answer is remembered between requests.
    """
    start = int(span.start_time // PROBE_S) * PROBE_S
    end = (int(span.end_time // PROBE_S) + 1) * PROBE_S
    return _offset_periods(zone, start, end)


@lru_cache(maxsize=4096)
def day_name(day: int) -> str:
    """`YYYY-MM-DD` of a number of days since 1970-01-01."""
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


@lru_cache(maxsize=64)
def _offset_periods(zone: ZoneInfo, start: int, end: int) -> tuple[OffsetPeriod, ...]:
    borders = [start, *_changes(zone, start, end), end]
    return tuple(
        OffsetPeriod(begin, finish, _offset(zone, begin)) for begin, finish in pairwise(borders)
    )


def _changes(zone: ZoneInfo, start: int, end: int) -> Iterator[int]:
    for probe in range(start, end, PROBE_S):
        following = min(probe + PROBE_S, end)
        if _offset(zone, probe) != _offset(zone, following):
            yield _first_change(zone, probe, following)


def _first_change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second of the new offset, by halving."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, time: int) -> int:
    offset = datetime.fromtimestamp(time, UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())
