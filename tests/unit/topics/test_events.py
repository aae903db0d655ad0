from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from picket.ipc.messages import Change, ObjectChanged
from picket.topics.events import tell_change
from tests.unit.topics.samples import AFTER, BEFORE

KEYS = [
    *("id", "camera", "frame_time", "snapshot", "label", "sub_label", "top_score"),
    *("false_positive", "start_time", "end_time", "score", "box", "area", "ratio", "region"),
    *("stationary", "motionless_count", "position_changes", "current_zones", "entered_zones"),
    *("has_clip", "has_snapshot", "attributes", "current_attributes"),
]


def told(change: ObjectChanged) -> dict[str, Any]:
    message = tell_change(change)
    assert (message.topic, message.retain) == ("events", False)
    assert isinstance(message.payload, str)
    return dict(json.loads(message.payload))


def test_both_sides_have_the_keys_that_clients_know_in_their_order() -> None:
    payload = told(ObjectChanged(Change.NEW, BEFORE, AFTER))
    assert list(payload) == ["before", "after", "type"]
    assert list(payload["before"]) == list(payload["after"]) == KEYS


def test_an_object_is_told_in_pixels_and_raw_times() -> None:
    after = told(ObjectChanged(Change.UPDATE, BEFORE, AFTER))["after"]
    face = {"label": "face", "score": 0.74, "box": [448, 220, 474, 252]}
    assert after["box"] == [415, 213, 503, 542]
    assert after["region"] == [280, 180, 700, 600]
    assert after["area"] == 88 * 329
    assert after["ratio"] == pytest.approx(88 / 329)
    assert after["start_time"] == 1705312058.903118
    assert after["sub_label"] == ["Ann", 0.92]
    assert after["attributes"] == {"face": 0.74}
    assert after["current_attributes"] == [face]
    assert after["current_zones"] == ["porch"]
    assert after["entered_zones"] == ["lawn", "porch"]
    assert after["snapshot"] == {
        "frame_time": 1705312059.104201,
        "box": [415, 213, 503, 542],
        "area": 88 * 329,
        "region": [280, 180, 700, 600],
        "score": 0.81,
        "attributes": [face],
    }


def test_what_there_is_not_is_null_or_empty() -> None:
    before = told(ObjectChanged(Change.NEW, BEFORE, AFTER))["before"]
    for key in ("snapshot", "sub_label", "end_time"):
        assert before[key] is None
    assert (before["attributes"], before["current_attributes"]) == ({}, [])
    assert (before["current_zones"], before["false_positive"]) == ([], True)


@pytest.mark.parametrize("change", list(Change))
def test_the_type_is_the_stage(change: Change) -> None:
    assert told(ObjectChanged(change, BEFORE, AFTER))["type"] == change.value


def test_a_name_without_a_score_keeps_its_place() -> None:
    named = replace(AFTER, sub_label=("Bob", None))
    assert told(ObjectChanged(Change.UPDATE, AFTER, named))["after"]["sub_label"] == ["Bob", None]
