"""Lists of events: the question, and how it becomes SQL.

Three ways lead to the newest matches, and the counts tell which is short: few matches are gathered
by their group, their score or their length and sorted; many are met soon while walking from the
newest event back. A `+` before a column keeps the planner from another way than the chosen one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from picket.domain.event import Event
from picket.domain.timespan import TimeSpan
from picket.store.database import Database, Values
from picket.store.event_groups import Choice, GroupQuery, choose_groups, count_groups
from picket.store.event_rows import COLUMNS, read_event
from picket.store.local_time import DAY_S, OffsetPeriod, offset_periods
from picket.store.where import Where

UNLIMITED = -1


@dataclass(frozen=True, slots=True)
class DaytimeRange:
    """A part of every local day; from evening to morning when it ends before it starts."""

    after_s: int  # seconds since local midnight, exclusive
    before_s: int  # exclusive
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class EventQuery:
    """What `find_events` looks for; None stands for no filter."""

    cameras: Choice | None = None
    labels: Choice | None = None
    sub_labels: Choice | None = None  # one of the names of a comma-joined sub label is enough
    zones: Choice | None = None
    after: float | None = None  # start_time > after
    before: float | None = None  # start_time < before
    daytime: DaytimeRange | None = None
    has_clip: bool | None = None
    has_snapshot: bool | None = None
    in_progress: bool | None = None
    is_submitted: bool | None = None
    is_retained: bool | None = None
    min_score: float | None = None
    max_score: float | None = None
    min_length_s: float | None = None  # running events have no length
    max_length_s: float | None = None
    with_thumbnails: bool = False
    limit: int = 100  # UNLIMITED for all


@dataclass(frozen=True, slots=True)
class Gathering:
    """How many events are gathered and sorted rather than met by walking; for the same answer."""

    few: int = 5_000  # takes as long as meeting a hundred of them among a million
    many: int = 50_000  # read in an index to find the few of them that pass all filters


DEFAULT_GATHERING = Gathering()


@dataclass(frozen=True, slots=True)
class _Way:
    """Where a query begins."""

    table: str = "event"
    is_sorted: bool = False  # gathered first; otherwise met from the newest back


def find_events(
    db: Database, query: EventQuery, gathering: Gathering = DEFAULT_GATHERING
) -> list[Event]:
    """Events that answer a query, the one that began last first."""
    where = _conditions(query)
    if query.daytime is not None:
        known = known_span(db)
        if known is None:
            return []
        periods = offset_periods(query.daytime.zone, _span_of(query, known))
        where.add(_daytime(query.daytime, periods))
    way = _choose_way(db, query, where, gathering)
    plus = "+" if way.is_sorted else ""
    for condition, value in (("> :after", query.after), ("< :before", query.before)):
        if value is not None:
            where.add(f"{plus}event.start_time {condition}", **{condition[3:]: value})
    # The indexes hold all that is filtered by, so that whole rows are read for the answer only.
    chosen = f"""
        SELECT event.id FROM {way.table} WHERE {where.text()}
         ORDER BY {plus}event.start_time DESC, event.id DESC
        {"" if query.limit < 0 else "LIMIT :limit"}
    """
    values = {**where.values, "limit": query.limit}
    return _read_events(db, chosen, values, with_thumbnails=query.with_thumbnails)


def _read_events(
    db: Database, chosen: str, values: Values, *, with_thumbnails: bool
) -> list[Event]:
    """Whole events by a query of their ids, newest first."""
    picture, join = "", ""
    if with_thumbnails:
        picture, join = ", jpeg", "LEFT JOIN event_thumbnail ON event_id = event.id"
    rows = db.rows(
        f"""
        SELECT {COLUMNS}{picture}
          FROM event {join}
         WHERE event.id IN ({chosen})
         ORDER BY +event.start_time DESC, event.id DESC
        """,
        values,
    )
    return [read_event(row) for row in rows]


def _choose_way(db: Database, query: EventQuery, where: Where, gathering: Gathering) -> _Way:
    """Choose by what is counted; adds the conditions that the way needs."""
    words = (query.cameras, query.labels, query.zones, query.sub_labels)
    groups = choose_groups(db, GroupQuery(*words, query.has_clip, query.has_snapshot))
    where.values.update(groups.values)
    known = count_groups(db, groups) if groups.conditions else None
    if known is not None and known.events <= _most(query, gathering):
        where.add(groups.text())
        where.add("event.group_id = event_group.id")
        return _Way("event_group CROSS JOIN event", is_sorted=True)
    if known is not None:
        where.add(f"+event.group_id IN (SELECT id FROM event_group WHERE {groups.text()})")
    if state := _rare_state(query):
        where.add(f"event.id IN (SELECT id FROM event WHERE {state})")
        return _Way(is_sorted=True)
    if _begin_with_rare(db, where, gathering):
        return _Way(is_sorted=True)
    if known is not None:
        where.add("event.start_time < :newest", newest=known.end_time)
    return _Way()


def _most(query: EventQuery, gathering: Gathering) -> int:
    """How many matches of the groups are rather gathered than met."""
    others = (query.daytime, query.min_score, query.max_score)
    lengths = (query.min_length_s, query.max_length_s)
    is_narrowed = any(one is not None for one in (*others, *lengths))
    is_short = 0 <= query.limit <= gathering.few
    return gathering.few if is_short and not is_narrowed else gathering.many


def _rare_state(query: EventQuery) -> str:
    """The events of a state that few are in, and that has an index of its own; empty without."""
    for is_wanted, condition in (
        (query.in_progress, "end_time IS NULL"),
        (query.is_submitted, "plus_id IS NOT NULL"),
        (query.is_retained, "retain_indefinitely = 1"),
    ):
        if is_wanted:
            return condition
    return ""


def _begin_with_rare(db: Database, where: Where, gathering: Gathering) -> bool:
    """Open the way by a score or a length that leaves few events; False when neither does."""
    indexed = ("+event.score ", "+event.length_s ", "+event.group_id ")
    conditions = where.conditions
    for column in indexed[:2]:
        # Without its plus, the index of this column may be used.
        opened = [one.removeprefix("+") if one.startswith(column) else one for one in conditions]
        limits = [one for one in opened if one.startswith(column[1:])]
        others = [one for one in opened if one.startswith(indexed)]
        within = gathering.many if others else gathering.few
        if (
            limits
            and not _are_there(db, limits, where.values, within)
            and not _are_there(db, [*limits, *others], where.values, gathering.few)
        ):
            where.conditions = opened
            return True
    return False


def _are_there(db: Database, conditions: list[str], values: Values, many: int) -> bool:
    """Whether so many events meet these conditions; reads no more than needed."""
    found = db.rows(
        f"""
        SELECT COUNT(*) AS events
          FROM (SELECT id FROM event WHERE {" AND ".join(conditions)} LIMIT {many}) AS met
        """,
        values,
    )
    return bool(found[0]["events"] >= many)


def _conditions(query: EventQuery) -> Where:
    where = Where()
    for condition, value in _limits(query):
        if value is not None:
            where.add(f"+{condition}", **{condition.rpartition(":")[2]: value})
    for condition, other, wanted in _states(query):
        if wanted is not None:
            where.add(condition if wanted else other)
    return where


def _limits(query: EventQuery) -> Iterator[tuple[str, float | None]]:
    yield "event.score >= :min_score", query.min_score
    yield "event.score <= :max_score", query.max_score
    yield "event.length_s >= :min_length_s", query.min_length_s
    yield "event.length_s <= :max_length_s", query.max_length_s


def _states(query: EventQuery) -> Iterator[tuple[str, str, bool | None]]:
    retained = "event.retain_indefinitely"
    yield f"{retained} = 1", f"{retained} = 0", query.is_retained
    yield "event.end_time IS NULL", "event.end_time IS NOT NULL", query.in_progress
    yield "event.plus_id IS NOT NULL", "event.plus_id IS NULL", query.is_submitted


def _daytime(daytime: DaytimeRange, periods: tuple[OffsetPeriod, ...]) -> str:
    """The local clock at the start of an event; only numbers of ours stand in the text."""
    # One expression, because alternatives tempt the planner to collect and sort every event.
    *before, last = periods
    steps = "".join(
        f" WHEN event.start_second < {period.end_time} THEN {period.offset_s}" for period in before
    )
    offset = f"CASE{steps} ELSE {last.offset_s} END" if before else str(last.offset_s)
    local = f"((event.start_second + {offset}) % {DAY_S})"
    joint = "OR" if daytime.after_s > daytime.before_s else "AND"
    return f"({local} > {daytime.after_s} {joint} {local} < {daytime.before_s})"


def known_span(db: Database) -> TimeSpan | None:
    """From the start of the first event to the start of the last; None without events."""
    # Two queries, because each is one step into the index.
    first = db.row("SELECT MIN(start_time) AS start_time FROM event")
    last = db.row("SELECT MAX(start_time) AS start_time FROM event")
    if first is None or last is None or first["start_time"] is None:
        return None
    return TimeSpan(first["start_time"], last["start_time"])


def _span_of(query: EventQuery, known: TimeSpan) -> TimeSpan:
    """The part of the known span that a query asks for."""
    start = max(known.start_time, query.after or known.start_time)
    return TimeSpan(start, max(start, min(known.end_time, query.before or known.end_time)))
