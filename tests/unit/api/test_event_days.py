from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from picket.api.event_days import summary_body
from picket.api.schemas.events import SummaryFilter, summary_row
from picket.api.stamped_cache import StampedCache
from picket.store.database import Database
from picket.store.event_summary import event_summary
from picket.store.events import delete_event, put_event
from picket.store.local_time import find_zone
from tests.support.index_samples import make_event, make_index

HOURS = (0, 1, 30, 31, 100, 170)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = make_index(tmp_path / "index.db")
    for hour in HOURS:
        put_event(database, make_event(hour * 60))
    yield database
    database.close()


def whole(db: Database, zone: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        json.dumps([summary_row(one) for one in event_summary(db, find_zone(zone))])
    )
    return rows


@pytest.mark.parametrize("zone", ["utc", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"])
def test_days_put_together_are_the_whole_summary(db: Database, zone: str) -> None:
    wanted, cache = SummaryFilter(timezone=zone), StampedCache()
    assert json.loads(summary_body(db, wanted, cache)) == whole(db, zone)
    for hour in HOURS:  # old days fall away, days in the middle become empty
        delete_event(db, make_event(hour * 60).id)
        put_event(db, make_event(hour * 60 + 3, camera="back"))
        assert json.loads(summary_body(db, wanted, cache)) == whole(db, zone)


def test_a_day_that_did_not_change_is_not_counted_again(db: Database) -> None:
    wanted, cache = SummaryFilter(), StampedCache()
    before = summary_body(db, wanted, cache)
    # Behind the back of the counts, which therefore do not know of a change.
    db.execute("UPDATE event_count SET events = 7")
    assert summary_body(db, wanted, cache) == before
    put_event(db, make_event(101 * 60))
    counts = [row["count"] for row in json.loads(summary_body(db, wanted, cache))]
    assert counts == [1, 8, 2, 2]
