from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.errors import NotFound
from picket.domain.event import Moment
from picket.store.database import Database
from picket.store.events import delete_event
from picket.store.timeline import add_timeline, find_timeline
from tests.support.index_samples import MOMENT

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
