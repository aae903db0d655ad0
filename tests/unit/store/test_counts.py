"""Counts of an index that was filled before they were kept; the rest is in tests/property."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.config.database import DatabaseUrl
from picket.store.counts import counts_agree, quarter_of, rebuild_counts
from picket.store.database import Database, Row, open_database, transaction
from picket.store.migrate import migrate, read_migrations

TABLES = ("event_group", "event_count", "clip_count", "footage_quarter")


@pytest.fixture
def old(place: Path | DatabaseUrl) -> Iterator[Database]:
    """An index as the first version left it, with a few rows."""
    db = open_database(place, read_only=False)
    migrate(db, read_migrations()[:1])
    for number, name in enumerate(("'ann'", "NULL", "''", "NULL", "NULL")):
        db.execute(
            f"""
            INSERT INTO event (id, camera, label, sub_label, start_time, start_second, end_time,
                               zones, has_clip, has_snapshot, retain_indefinitely, type, score,
                               top_score, details)
            VALUES ('{number}', 'front', 'person', {name}, {number}00.5, {number}00,
                    {number}20.5, '[]', {number % 2}, 1, 0, 'object', 0.5, 0.5, '')
            """
        )
        db.execute(
            f"""
            INSERT INTO segment (id, camera, session, path, start_time, start_second, end_time,
                                 duration_s, size_bytes, is_closed, codecs, width, height,
                                 init_size, fragments)
            VALUES ('{number}', 'front', '', '', {number}000, {number}000, {number}010, 10, 7, 1,
                    '', 1, 1, 1, '')
            """
        )
    yield db
    db.close()


def rows(db: Database, table: str) -> list[Row]:
    return sorted(db.rows(f"SELECT * FROM {table}"), key=tuple)


def test_an_index_of_before_is_counted_by_its_migration(old: Database) -> None:
    migrate(old, read_migrations())
    assert counts_agree(old)
    assert {row["length_s"] for row in old.rows("SELECT length_s FROM event")} == {20.0}
    counted = [len(rows(old, table)) for table in TABLES]
    with transaction(old):
        rebuild_counts(old)
    assert counted == [len(rows(old, table)) for table in TABLES] == [4, 4, 1, 5]


def test_a_quarter_begins_at_or_after_an_instant() -> None:
    assert [quarter_of(time_s) for time_s in (0, 1, 899, 900, 901)] == [0, 1, 1, 1, 2]
