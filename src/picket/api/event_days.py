"""The summary of events, put together from local days that did not change since they were told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from picket.api.answers import to_json
from picket.api.schemas.events import SummaryFilter, summary_row
from picket.api.stamped_cache import StampedCache
from picket.store.database import Database
from picket.store.event_summary import event_summary, local_days
from picket.store.local_time import day_name, find_zone


def summary_body(db: Database, wanted: SummaryFilter, cache: StampedCache) -> bytes:
    """The whole answer; days that changed are counted anew."""
    zone = find_zone(wanted.timezone)
    stamps = local_days(db, zone)  # before the counts, so that none is taken for newer than it is
    questions = {day: (zone, wanted.has_clip, wanted.has_snapshot, day) for day in stamps}
    parts = {day: cache.find(questions[day], stamp) for day, stamp in stamps.items()}
    for run in _runs([day for day, part in parts.items() if part is None]):
        for day, body in _count(db, zone, wanted, run).items():
            cache.keep(questions[day], stamps[day], body)
            parts[day] = body
    return b"[%b]\n" % b",".join(part for part in parts.values() if part)


def _runs(days: list[int]) -> Iterator[range]:
    """Days that follow each other, newest first, as ranges."""
    for _, run in groupby(enumerate(days), key=lambda one: one[0] + one[1]):
        found = [day for _, day in run]
        yield range(found[-1], found[0] + 1)


def _count(db: Database, zone: ZoneInfo, wanted: SummaryFilter, days: range) -> dict[int, bytes]:
    """The rows of each day as JSON without its brackets; nothing for a day without events."""
    counts = event_summary(
        db, zone, has_clip=wanted.has_clip, has_snapshot=wanted.has_snapshot, days=days
    )
    by_name = {
        name: to_json([summary_row(one) for one in of_day])[1:-1].encode("ascii")
        for name, of_day in groupby(counts, key=lambda one: one.group.day)
    }
    return {day: by_name.get(day_name(day), b"") for day in days}
