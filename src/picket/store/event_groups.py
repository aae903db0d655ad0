"""Groups of events that are alike: which of them a list may hold, and how many events they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from picket.store.counts import QUARTER_S
from picket.store.database import Database
from picket.store.event_rows import read_zones
from picket.store.where import Where


@dataclass(frozen=True, slots=True)
class Choice:
    """Which values of a property are wanted."""

    values: tuple[str, ...] = ()
    or_none: bool = False  # also what has no value at all

    def takes(self, values: Sequence[str]) -> bool:
        """Whether one that has these values is wanted."""
        return (self.or_none and not values) or any(one in self.values for one in values)


@dataclass(frozen=True, slots=True)
class GroupQuery:
    """What must hold for a group; None stands for no filter."""

    cameras: Choice | None
    labels: Choice | None
    zones: Choice | None
    sub_labels: Choice | None
    has_clip: bool | None
    has_snapshot: bool | None


@dataclass(frozen=True, slots=True)
class GroupCount:
    """What is counted of some groups."""

    events: int
    end_time: float  # all began before, Unix seconds


def choose_groups(db: Database, query: GroupQuery) -> Where:
    """Conditions on `event_group`; none for a query that takes all."""
    where = Where()
    for column, choice in (("camera", query.cameras), ("label", query.labels)):
        if choice is not None:
            where.add(f"event_group.{column} IN {where.names(column, choice.values)}")
    for column, wanted in (("has_clip", query.has_clip), ("has_snapshot", query.has_snapshot)):
        if wanted is not None:
            where.add(f"event_group.{column} = {int(wanted)}")
    for column, choice, read in (
        ("zones", query.zones, read_zones),
        ("sub_label", query.sub_labels, split_sub_label),
    ):
        if choice is not None:
            _add_texts(where, column, _matching(db, column, choice, read))
    return where


def _matching(
    db: Database, column: str, choice: Choice, read: Callable[[str], tuple[str, ...]]
) -> list[str | None]:
    """Those of a column's texts whose parts are wanted."""
    texts = [row["text"] for row in db.rows(f"SELECT DISTINCT {column} AS text FROM event_group")]
    return [text for text in texts if choice.takes(read(text) if text else ())]


def _add_texts(where: Where, column: str, texts: Sequence[str | None]) -> None:
    names = where.names(column, [text for text in texts if text is not None])
    has_none = f" OR event_group.{column} IS NULL" if None in texts else ""
    where.add(f"(event_group.{column} IN {names}{has_none})")


def count_groups(db: Database, groups: Where) -> GroupCount:
    """How many events these groups have together."""
    found = db.rows(
        f"""
        SELECT COALESCE(SUM(events), 0) AS events, COALESCE(MAX(newest_quarter), 0) AS newest
          FROM event_group WHERE {groups.text()}
        """,
        groups.values,
    )[0]
    return GroupCount(found["events"], (found["newest"] + 1) * QUARTER_S)


def split_sub_label(sub_label: str) -> tuple[str, ...]:
    """What a sub label is found by: itself and, where names are joined by commas, each of them."""
    parts = (sub_label, *(part.strip() for part in sub_label.split(",")))
    return tuple(dict.fromkeys(part for part in parts if part))
