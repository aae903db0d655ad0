from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.errors import NotFound
from picket.domain.event import Moment
from picket.store.database import Database
from picket.store.events import delete_event, put_event
from picket.store.timeline import add_timeline, find_timeline, past_boxes
from tests.support.index_samples import EVENT, MOMENT

ENTERED = replace(
    MOMENT, timestamp=MOMENT.timestamp + 1, moment=Moment.ENTERED_ZONE, zones=("porch",)
)
FACE = replace(MOMENT, timestamp=MOMENT.timestamp + 2, moment=Moment.ATTRIBUTE, attribute="face")
OTHER = replace(MOMENT, source_id="1.0-other0", camera="back")


def test_moments_come_back_oldest_first(db: Database) -> None:
    for entry in (FACE, MOMENT, ENTERED):
        add_timeline(db, entry)
    assert find_timeline(db) == [MOMENT, ENTERED, FACE]


def test_the_same_moment_twice_is_kept_once(db: Database) -> None:
    add_timeline(db, MOMENT)
    add_timeline(db, MOMENT)
    assert find_timeline(db) == [MOMENT]


def test_two_attributes_of_one_frame_are_two_moments(db: Database) -> None:
    add_timeline(db, FACE)
    add_timeline(db, replace(FACE, attribute="license_plate"))
    assert len(find_timeline(db)) == 2


def test_moments_are_chosen_by_camera_and_source(db: Database) -> None:
    add_timeline(db, MOMENT)
    add_timeline(db, OTHER)
    assert find_timeline(db, camera="back") == [OTHER]
    assert find_timeline(db, source_id=MOMENT.source_id) == [MOMENT]
    assert find_timeline(db, camera="back", source_id=MOMENT.source_id) == []


def test_the_limit_takes_the_oldest(db: Database) -> None:
    for entry in (FACE, MOMENT, ENTERED):
        add_timeline(db, entry)
    assert find_timeline(db, limit=2) == [MOMENT, ENTERED]
    assert len(find_timeline(db, limit=-1)) == 3


def test_a_discarded_object_loses_its_moments_only(db: Database) -> None:
    add_timeline(db, MOMENT)
    add_timeline(db, OTHER)
    with pytest.raises(NotFound):  # it never had a row
        delete_event(db, MOMENT.source_id)
    assert find_timeline(db) == [OTHER]


def test_the_newest_boxes_of_a_camera_come_first(db: Database) -> None:
    boxes = [(0.1 * n, 0.5, 0.25, 0.25) for n in range(4)]
    put_event(db, EVENT)
    for n, box in enumerate(boxes):
        add_timeline(db, replace(MOMENT, timestamp=MOMENT.timestamp + n, box=box))
    put_event(db, replace(EVENT, id=OTHER.source_id, camera="back"))
    add_timeline(db, OTHER)
    assert past_boxes(db, "front", limit=3) == boxes[:0:-1]
    assert past_boxes(db, "back", limit=3) == [OTHER.box]


@pytest.mark.parametrize(("false_positive", "count"), [(None, 1), (False, 1), (True, 0)])
def test_a_false_positive_teaches_nothing(
    db: Database, *, false_positive: bool | None, count: int
) -> None:
    put_event(db, replace(EVENT, false_positive=false_positive))
    add_timeline(db, MOMENT)
    assert len(past_boxes(db, "front", limit=9)) == count


def test_a_moment_without_an_event_teaches_nothing(db: Database) -> None:
    add_timeline(db, MOMENT)
    assert past_boxes(db, "front", limit=9) == []
