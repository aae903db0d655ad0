"""GET /api/labels and /api/sub_labels."""

from __future__ import annotations

import pytest

from picket.store.events import put_event
from tests.contract.conftest import Door
from tests.support.index_samples import make_event


@pytest.mark.endpoint("GET /api/labels", "camera")
def test_labels_are_a_sorted_list_of_texts(door: Door) -> None:
    put_event(door.db, make_event(1))
    put_event(door.db, make_event(2, label="car", camera="back"))
    assert door.client.get("/api/labels").json() == ["car", "person"]
    assert door.client.get("/api/labels?camera=all").json() == ["car", "person"]
    assert door.client.get("/api/labels?camera=back").json() == ["car"]


@pytest.mark.endpoint("GET /api/sub_labels", "split_joined")
def test_sub_labels_are_joined_or_split(door: Door) -> None:
    put_event(door.db, make_event(1, sub_label="bob, ann"))
    put_event(door.db, make_event(2))
    assert door.client.get("/api/sub_labels").json() == ["bob, ann"]
    assert door.client.get("/api/sub_labels?split_joined=1").json() == ["ann", "bob"]
    assert door.client.get("/api/sub_labels?split_joined=0").json() == ["bob, ann"]
