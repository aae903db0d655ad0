"""Lists of events: the question, and how it becomes SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from picket.domain.event import Event
from picket.domain.timespan import TimeSpan
from picket.store.database import Database, Values
from picket.store.event_rows import COLUMNS, read_event
from picket.store.local_time import DAY_S, OffsetPeriod, offset_periods

UNLIMITED = -1
SPARSE = 1_000  # events that are sorted in less time than a walk over all takes


@dataclass(frozen=True, slots=True)
class DaytimeRange:
    """A part of every local day; from evening to morning when it ends before it starts."""

    after_s: int  # seconds since local midnight, exclusive
    before_s: int  # exclusive
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Choice:
    """Which values of a property are wanted."""

    values: tuple[str, ...] = ()
    or_none: bool = False  # also what has no value at all


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
class _Part:
    """A table with one row for each value that an event has of something."""

    table: str
    column: str


_ZONE = _Part("event_zone", "zone")
_SUB_LABEL = _Part("event_sub_label", "part")


@dataclass(slots=True)
class _Where:
    """Conditions, all of which must hold, and the values they name."""

    conditions: list[str] = field(default_factory=list)
    values: dict[str, str | float | int] = field(default_factory=dict)

    def add(self, condition: str, **values: str | float) -> None:
        self.conditions.append(condition)
        self.values.update(values)

    def names(self, prefix: str, wanted: tuple[str, ...]) -> str:
        """Bind a list; `(:prefix_0, :prefix_1)`, and `(NULL)`, which nothing is in, for none."""
        keys = {f"{prefix}_{number}": value for number, value in enumerate(wanted)}
        self.values.update(keys)
        return "(" + (", ".join(f":{key}" for key in keys) or "NULL") + ")"

    def text(self) -> str:
        return "WHERE " + " AND ".join(self.conditions) if self.conditions else ""


def find_events(db: Database, query: EventQuery) -> list[Event]:
    """Events that answer a query, the one that began last first."""
    where = _conditions(query)
    if query.daytime is not None:
        known = known_span(db)
        if known is None:
            return []
        periods = offset_periods(query.daytime.zone, _span_of(query, known))
        where.add(_daytime(query.daytime, periods))
    is_sparse = _choose_parts(db, where, query)
    picture, join = "", ""
    if query.with_thumbnails:
        picture = ", event_thumbnail.jpeg"
        join = "LEFT JOIN event_thumbnail ON event_thumbnail.event_id = event.id"
    # A sum cannot be read off the time index, so that sparse events are looked up and sorted
    # instead of being searched among all.
    order = "event.start_time + 0" if is_sparse else "event.start_time"
    rows = db.rows(
        f"""
        SELECT {COLUMNS}{picture}
          FROM event {join}
        {where.text()}
         ORDER BY {order} DESC, event.id DESC
        {"" if query.limit < 0 else "LIMIT :limit"}
        """,
        {**where.values, "limit": query.limit},
    )
    return [read_event(row) for row in rows]


def _conditions(query: EventQuery) -> _Where:
    where = _Where()
    _choose_columns(where, query)
    for condition, value in _limits(query):
        if value is not None:
            where.add(condition, **{condition.rpartition(":")[2]: value})
    for condition, other, wanted in _states(query):
        if wanted is not None:
            where.add(condition if wanted else other)
    return where


def _choose_columns(where: _Where, query: EventQuery) -> None:
    for column, choice in (("camera", query.cameras), ("label", query.labels)):
        if choice is not None:
            where.add(f"event.{column} IN {where.names(column, choice.values)}")


def _choose_parts(db: Database, where: _Where, query: EventQuery) -> bool:
    """Choose by tables that hold several values for each event; whether few events are left."""
    is_sparse = query.is_submitted is True  # nobody submits a million pictures
    for part, choice in ((_ZONE, query.zones), (_SUB_LABEL, query.sub_labels)):
        if choice is None:
            continue
        names = where.names(part.column, choice.values)
        if not choice.or_none and _is_sparse(db, part, names, where.values):
            is_sparse = True
            chosen = f"SELECT event_id FROM {part.table} WHERE {part.column} IN {names}"
            where.add(f"event.id IN ({chosen})")
        else:
            where.add(_any_part(part, choice, names))
    return is_sparse


def _is_sparse(db: Database, part: _Part, names: str, values: Values) -> bool:
    """Whether so few events have the wanted values that it is quicker to begin with those."""
    found = db.rows(
        f"SELECT event_id FROM {part.table} WHERE {part.column} IN {names} LIMIT {SPARSE}", values
    )
    return len(found) < SPARSE


def _any_part(part: _Part, choice: Choice, names: str) -> str:
    of_event = f"SELECT 1 FROM {part.table} WHERE {part.table}.event_id = event.id"
    has_one = f"EXISTS ({of_event} AND {part.table}.{part.column} IN {names})"
    return f"({has_one} OR NOT EXISTS ({of_event}))" if choice.or_none else has_one


def _limits(query: EventQuery) -> Iterator[tuple[str, float | None]]:
    length = "event.end_time - event.start_time"
    yield "event.start_time > :after", query.after
    yield "event.start_time < :before", query.before
    yield "event.score >= :min_score", query.min_score
    yield "event.score <= :max_score", query.max_score
    yield f"{length} >= :min_length_s", query.min_length_s
    yield f"{length} <= :max_length_s", query.max_length_s


def _states(query: EventQuery) -> Iterator[tuple[str, str, bool | None]]:
    for column, wanted in (
        ("has_clip", query.has_clip),
        ("has_snapshot", query.has_snapshot),
        ("retain_indefinitely", query.is_retained),
    ):
        yield f"event.{column} = 1", f"event.{column} = 0", wanted
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
