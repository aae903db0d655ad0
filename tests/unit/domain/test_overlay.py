from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.geometry import Box
from picket.domain.overlay import ObjectView

LAST, BEHIND = Box(10, 10, 50, 90), Box(30, 10, 70, 90)
PERSON = ObjectView(
    id="1.0-abcdef",
    camera="front",
    label="person",
    frame_time=100.0,
    start_time=90.0,
    end_time=None,
    score=0.8,
    top_score=0.8,
    false_positive=False,
    box=LAST,
    region=LAST,
    is_seen=True,
    stationary=False,
    motionless_count=0,
    position_changes=1,
)


@pytest.mark.parametrize(
    ("view", "place"),
    [
        (PERSON, LAST),
        (replace(PERSON, is_seen=False), None),
        (replace(PERSON, is_seen=False, hidden_box=BEHIND), BEHIND),
    ],
)
def test_an_object_is_where_it_is_seen_or_hidden(view: ObjectView, place: Box | None) -> None:
    assert view.place == place
