"""GET /api/timeline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.event import Moment
from picket.store.timeline import add_timeline
from tests.contract.conftest import Door
from tests.support.index_samples import EVENT, MOMENT, NOON

ENTERED = replace(
    MOMENT, timestamp=NOON + 2.5, moment=Moment.ENTERED_ZONE, zones=("porch",), camera="back"
)


@pytest.mark.endpoint("GET /api/timeline")
def test_a_moment_has_the_shape_that_clients_read(door: Door) -> None:
    add_timeline(door.db, MOMENT)
    assert door.client.get("/api/timeline").json() == [
        {
            "timestamp": NOON + 1,
            "camera": "front",
            "source": "tracked_object",
            "source_id": EVENT.id,
            "class_type": "visible",
            "data": {
                "attribute": "",
                "box": [0.25, 0.5, 0.125, 0.25],
                "label": "person",
                "region": [0.0, 0.25, 0.5, 0.75],
            },
        }
    ]


@pytest.mark.endpoint("GET /api/timeline")
def test_zones_are_told_only_when_one_was_entered(door: Door) -> None:
    add_timeline(door.db, ENTERED)
    add_timeline(door.db, MOMENT)
    first, second = door.client.get("/api/timeline").json()
    assert "zones" not in first["data"]
    assert second["class_type"] == "entered_zone"
    assert second["data"]["zones"] == ["porch"]


@pytest.mark.endpoint("GET /api/timeline", "camera", "limit", "source_id")
def test_camera_source_and_limit_choose(door: Door) -> None:
    for entry in (ENTERED, MOMENT, replace(MOMENT, source_id="1.0-other0", timestamp=NOON + 9)):
        add_timeline(door.db, entry)

    def times(query: str) -> list[float]:
        rows = door.client.get(f"/api/timeline?{query}").json()
        return [row["timestamp"] - NOON for row in rows]

    assert times("") == times("camera=all&limit=-1") == [1, 2.5, 9]
    assert times("camera=back") == [2.5]
    assert times(f"source_id={EVENT.id}") == [1, 2.5]
    assert times("limit=1") == [1]
