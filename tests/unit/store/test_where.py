from __future__ import annotations

from picket.store.database import Database
from picket.store.where import Where


def test_all_conditions_must_hold_and_keep_their_values() -> None:
    where = Where()
    where.add("a > :least", least=1)
    where.add(f"b IN {where.names('b', ['x', 'y'])}")
    assert where.text() == "a > :least AND b IN (:b_0, :b_1)"
    assert where.values == {"least": 1, "b_0": "x", "b_1": "y"}


def test_no_condition_takes_every_row_and_no_name_none(db: Database) -> None:
    where = Where()
    assert len(db.rows(f"SELECT 1 WHERE {where.text()}", where.values)) == 1
    where.add(f"'x' IN {where.names('word', [])}")
    assert db.rows(f"SELECT 1 WHERE {where.text()}", where.values) == []
