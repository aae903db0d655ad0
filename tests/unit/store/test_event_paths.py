from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.config.database import DatabaseUrl
from picket.domain.errors import StoreError
from picket.domain.event import PathPoint
from picket.store.database import Database
from picket.store.event_paths import find_path, pack_points, put_path, unpack_points
from picket.store.events import delete_event, put_event
from tests.support.index_samples import EVENT, NOON, make_index

shares = st.floats(0.0, 1.0)
points = st.builds(
    PathPoint, st.floats(NOON, NOON + 1e6), st.tuples(shares, shares, shares, shares)
)
WALK = (PathPoint(NOON, (0.25, 0.5, 0.125, 0.25)), PathPoint(NOON + 0.5, (0.5, 0.5, 0.125, 0.25)))


@pytest.fixture
def db(place: Path | DatabaseUrl) -> Iterator[Database]:
    db = make_index(place)
    yield db
    db.close()


@given(st.lists(points, max_size=50))
def test_points_come_back_to_a_hundredth_of_a_second_and_a_pixel(some: list[PathPoint]) -> None:
    some.sort(key=lambda point: point.time)
    back = unpack_points(pack_points(some))
    assert len(back) == len(some)
    for one, other in zip(some, back, strict=True):
        assert other.time == pytest.approx(one.time, abs=0.006)
        assert other.box == pytest.approx(one.box, abs=1e-5)


@pytest.mark.parametrize("blob", [b"", b"\1", b"\2" + bytes(8), pack_points(WALK)[:-1]])
def test_what_is_torn_is_an_error(blob: bytes) -> None:
    with pytest.raises(StoreError, match="format 1"):
        unpack_points(blob)


def test_a_path_is_replaced_and_goes_with_its_event(db: Database) -> None:
    put_event(db, EVENT)
    assert find_path(db, EVENT.id) == ()
    put_path(db, EVENT.id, WALK[:1])
    put_path(db, EVENT.id, WALK)
    assert [point.time for point in find_path(db, EVENT.id)] == [NOON, NOON + 0.5]
    delete_event(db, EVENT.id)
    assert find_path(db, EVENT.id) == ()
    assert db.row("SELECT COUNT(*) AS n FROM event_path")["n"] == 0  # type: ignore[index]
