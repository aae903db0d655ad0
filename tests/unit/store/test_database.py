"""What every database must keep to; what only one of them does is in its own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.database import DatabaseUrl
from picket.domain.errors import StoreError
from picket.store.database import Database, open_database, transaction
from picket.store.events import put_event
from picket.store.migrate import STORE_DIR, split_statements
from tests.support.index_samples import EVENT, make_event, make_index


def count(db: Database) -> int:
    return len(db.rows("SELECT id FROM event"))


def write_and_fail(db: Database) -> None:
    with transaction(db):
        put_event(db, EVENT)
        db.execute("DELETE FROM event WHERE colour = 'red'")


def write_and_overlook_a_failure(db: Database) -> None:
    with transaction(db):
        put_event(db, EVENT)
        with pytest.raises(StoreError):
            db.execute("DELETE FROM elsewhere")
        put_event(db, make_event(1))


def test_a_transaction_keeps_all_of_its_writes(db: Database) -> None:
    with transaction(db):
        put_event(db, make_event(1))
        put_event(db, make_event(2))
    assert count(db) == 2


def test_a_transaction_that_fails_keeps_none_of_its_writes(db: Database) -> None:
    with pytest.raises(StoreError, match="colour"):
        write_and_fail(db)
    assert count(db) == 0
    put_event(db, EVENT)
    assert count(db) == 1


def test_a_transaction_never_seems_to_have_kept_what_it_has_not(db: Database) -> None:
    try:
        write_and_overlook_a_failure(db)
    except StoreError:
        assert count(db) == 0
    else:
        assert count(db) == 2


def test_a_reader_sees_what_was_committed_and_nothing_else(place: Path | DatabaseUrl) -> None:
    db = make_index(place)
    reader = open_database(place, read_only=True)
    db.begin()
    put_event(db, EVENT)
    assert count(reader) == 0
    db.commit()
    assert count(reader) == 1
    reader.close()
    db.close()


def test_a_reader_cannot_write(place: Path | DatabaseUrl) -> None:
    make_index(place).close()
    reader = open_database(place, read_only=True)
    with pytest.raises(StoreError, match=r"read-?only"):
        reader.execute("DELETE FROM event")
    reader.close()


def test_a_wrong_statement_is_an_error_of_ours(db: Database) -> None:
    with pytest.raises(StoreError, match="elsewhere"):
        db.rows("SELECT * FROM elsewhere")


def test_rows_have_the_columns_of_the_query_in_its_order(db: Database) -> None:
    put_event(db, EVENT)
    (row,) = db.rows("SELECT label, camera, score FROM event")
    assert row.keys() == ["label", "camera", "score"]
    assert tuple(row) == (row["label"], row["camera"], row["score"]) == ("person", "front", 0.875)


def test_there_is_no_first_row_of_nothing(db: Database) -> None:
    assert db.row("SELECT id FROM event") is None


def test_changed_rows_are_counted(db: Database) -> None:
    for number in range(3):
        put_event(db, make_event(number))
    changed = db.execute(
        "UPDATE event SET end_time = NULL WHERE start_time > :after",
        {"after": EVENT.start_time, "unused": 1},
    )
    assert changed == 2


def test_sums_of_whole_numbers_are_whole(db: Database) -> None:
    for number in range(3):
        put_event(db, make_event(number))
    (row,) = db.rows("SELECT SUM(start_second) AS total FROM event")
    assert type(row["total"]) is int
    assert row["total"] == sum(int(make_event(number).start_time) for number in range(3))


def test_texts_are_sorted_by_their_bytes(db: Database) -> None:
    names = ["b", "B", "a", "ä", "_", "Z z", "zz"]
    for name in names:
        put_event(db, make_event(id=name))
    rows = db.rows("SELECT id FROM event ORDER BY id")
    assert [row["id"] for row in rows] == sorted(names, key=str.encode)


@pytest.mark.parametrize("value", [1e-300, 0.1 + 0.2, 1_705_320_000.123_456_7, float("inf")])
def test_numbers_come_back_to_the_last_bit(db: Database, value: float) -> None:
    put_event(db, make_event(start_time=1.0, end_time=value))
    (row,) = db.rows("SELECT end_time FROM event WHERE end_time = :value", {"value": value})
    assert row["end_time"] == value


def test_tables_are_those_of_the_schema(db: Database) -> None:
    script = (STORE_DIR / "schema.sql").read_text(encoding="utf-8")
    words = [statement.split() for statement in split_statements(script)]
    assert db.tables() == {name for make, what, name, *_ in words if what == "TABLE"}


def test_statistics_can_be_refreshed_and_questions_answered_after_it(db: Database) -> None:
    put_event(db, EVENT)
    db.refresh_statistics()
    assert count(db) == 1
