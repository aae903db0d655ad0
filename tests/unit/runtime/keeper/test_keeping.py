"""What the keeper makes of the records that workers send, some of them twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.event import PathPoint
from picket.domain.segment import Gap, GapReason, Segment
from picket.ipc.messages import (
    EventChanged,
    EventDiscarded,
    GapNoted,
    Record,
    SegmentAnalysed,
    SegmentHeard,
    SegmentWritten,
    TimelineNoted,
    TrackQuieted,
    WorkerStarted,
)
from picket.record.recorder import Recorder, RecorderSpec
from picket.runtime.keeper.keeping import SEAM_S, Bookkeeper, close_orphans
from picket.store.database import Database, transaction
from picket.store.events import put_event
from picket.store.gaps import find_gaps
from picket.store.segments import find_segments, open_segments, put_segment
from picket.store.suppressions import list_suppressions, put_suppression
from tests.support.index_samples import (
    EVENT,
    GAP,
    MOMENT,
    NOON,
    make_index,
    make_segment,
    make_suppression,
)
from tests.support.packets import STREAM, WALL, pictures
from tests.support.recordings import numbered_draws

AGES = (0.0, 1e12)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = make_index(tmp_path / "picket.db")
    yield made
    made.close()


def write(db: Database, keeper: Bookkeeper, *records: Record) -> None:
    with transaction(db):
        for record in records:
            keeper.write(db, record)


def gaps(db: Database) -> list[Gap]:
    return find_gaps(db, "front", *AGES)


def test_every_record_may_come_twice(db: Database, tmp_path: Path) -> None:
    records = (
        SegmentWritten(make_segment(0)),
        SegmentAnalysed(make_segment(0).id, motion=5, objects=2),
        GapNoted(GAP),
        EventChanged(EVENT, (PathPoint(NOON, (0.25, 0.5, 0.125, 0.25)),)),
        TimelineNoted(MOMENT),
        TrackQuieted(EVENT.id, NOON + 9),
    )
    put_event(db, EVENT)
    put_suppression(db, make_suppression(EVENT))
    keeper = Bookkeeper(tmp_path)
    write(db, keeper, *records)
    once = {table: db.rows(f"SELECT * FROM {table}", {}) for table in TABLES}
    write(db, keeper, *records)
    write(db, Bookkeeper(tmp_path), *records)  # and once more by a keeper that restarted
    assert {table: db.rows(f"SELECT * FROM {table}", {}) for table in TABLES} == once
    assert all(once.values())
    assert [one.quieted for one in list_suppressions(db)] == [1]


TABLES = ("segment", "gap", "event", "event_path", "timeline", "suppression")


def test_how_loud_a_segment_is_stays_when_its_row_is_written_again(
    db: Database, tmp_path: Path
) -> None:
    segment = make_segment()
    written = SegmentWritten(segment)
    write(db, Bookkeeper(tmp_path), written, SegmentHeard(segment.id, -31), written)
    assert [one.dbfs for one in find_segments(db, segment.camera, *AGES)] == [-31]


def test_an_object_that_is_discarded_leaves_nothing_whether_it_had_a_row_or_not(
    db: Database, tmp_path: Path
) -> None:
    keeper = Bookkeeper(tmp_path)
    write(db, keeper, TimelineNoted(MOMENT), EventDiscarded(EVENT.id))
    write(db, keeper, EventChanged(EVENT), TimelineNoted(MOMENT), EventDiscarded(EVENT.id))
    assert db.rows("SELECT * FROM event", {}) == []
    assert db.rows("SELECT * FROM timeline", {}) == []


def after_restart(start_time: float) -> Segment:
    return make_segment(9, session="session-2", start_time=start_time, end_time=start_time + 10)


def test_a_hole_between_two_lives_of_a_recorder_is_a_restart(db: Database, tmp_path: Path) -> None:
    write(db, Bookkeeper(tmp_path), SegmentWritten(make_segment(0)))
    write(db, Bookkeeper(tmp_path), SegmentWritten(after_restart(NOON + 14)))
    (gap,) = gaps(db)
    assert (gap.start_time, gap.end_time, gap.reason) == (NOON + 10, NOON + 14, GapReason.RESTART)


def test_a_worker_that_restarts_under_the_same_keeper_leaves_the_same_gap(
    db: Database, tmp_path: Path
) -> None:
    keeper = Bookkeeper(tmp_path)
    write(db, keeper, SegmentWritten(make_segment(0)), SegmentWritten(after_restart(NOON + 14)))
    assert [(gap.start_time, gap.end_time) for gap in gaps(db)] == [(NOON + 10, NOON + 14)]


def test_a_hole_that_the_recorder_explained_needs_no_second_reason(
    db: Database, tmp_path: Path
) -> None:
    offline = Gap("g", "front", NOON + 10, NOON + 40, GapReason.CAMERA_OFFLINE)
    records = (SegmentWritten(make_segment(0)), GapNoted(offline))
    write(db, Bookkeeper(tmp_path), *records, SegmentWritten(after_restart(NOON + 40)))
    assert gaps(db) == [offline]


def test_what_the_recorder_explained_only_from_later_on_is_a_restart_before(
    db: Database, tmp_path: Path
) -> None:
    offline = Gap("g", "front", NOON + 15, NOON + 40, GapReason.CAMERA_OFFLINE)
    records = (SegmentWritten(make_segment(0)), GapNoted(offline))
    write(db, Bookkeeper(tmp_path), *records, SegmentWritten(after_restart(NOON + 40)))
    restart, _ = gaps(db)
    assert (restart.start_time, restart.end_time) == (NOON + 10, NOON + 15)
    assert restart.reason is GapReason.RESTART


@pytest.mark.parametrize("hole_s", [-2.0, 0.0, SEAM_S])
def test_a_seam_is_no_gap(db: Database, tmp_path: Path, hole_s: float) -> None:
    again = after_restart(NOON + 10 + hole_s)
    write(db, Bookkeeper(tmp_path), SegmentWritten(make_segment(0)), SegmentWritten(again))
    assert gaps(db) == []


def test_the_first_recording_of_a_camera_has_no_gap_before_it(db: Database, tmp_path: Path) -> None:
    other = make_segment(0, id="other", camera="garden", path="other.mp4")
    write(db, Bookkeeper(tmp_path), SegmentWritten(other), SegmentWritten(make_segment(9)))
    assert gaps(db) == []


def half_recorded(folder: Path) -> list[Segment]:
    """The states of a segment whose recorder was killed after five seconds."""
    recorder = Recorder(RecorderSpec(folder, "front"), numbered_draws)
    told = [h for packet in pictures(5) for h in recorder.accept(STREAM, packet)]
    return [h.segment for h in told if isinstance(h, SegmentWritten)]


def test_an_orphan_is_closed_with_what_its_file_really_holds(db: Database, tmp_path: Path) -> None:
    states = half_recorded(tmp_path)
    early, last = states[1], states[-1]
    assert len(early.fragments) < len(last.fragments)
    with transaction(db):
        put_segment(db, early)
        end_time = close_orphans(db, tmp_path)
    (row,) = find_segments(db, "front", *AGES)
    assert row.is_closed
    assert len(row.fragments) == len(last.fragments)
    assert row.size_bytes == last.size_bytes
    assert row.end_time == pytest.approx(last.end_time, abs=0.01)
    assert end_time == row.end_time
    assert row.start_time == pytest.approx(WALL, abs=0.001)


def test_an_orphan_whose_file_is_gone_is_closed_as_the_index_knew_it(
    db: Database, tmp_path: Path
) -> None:
    orphan = make_segment(0, is_closed=False)
    with transaction(db):
        put_segment(db, orphan)
        assert close_orphans(db, tmp_path) == orphan.end_time
    assert find_segments(db, "front", *AGES) == [replace(orphan, is_closed=True)]


def test_the_session_that_goes_on_and_other_cameras_are_left_alone(
    db: Database, tmp_path: Path
) -> None:
    goes_on = make_segment(0, is_closed=False)
    other = make_segment(1, camera="garden", path="other.mp4", is_closed=False, session="old")
    with transaction(db):
        put_segment(db, goes_on)
        put_segment(db, other)
        assert close_orphans(db, tmp_path, "front", goes_on.session) is None
    assert {segment.id for segment in open_segments(db)} == {goes_on.id, other.id}


def test_nothing_open_is_nothing_to_do(db: Database, tmp_path: Path) -> None:
    with transaction(db):
        assert close_orphans(db, tmp_path) is None


def test_a_worker_that_starts_anew_ends_what_its_predecessor_was_following(
    db: Database, tmp_path: Path
) -> None:
    running = replace(EVENT, end_time=None, start_time=NOON)
    manual = replace(running, id="manual", data=replace(EVENT.data, type="api"))
    sound = replace(running, id="sound", data=replace(EVENT.data, type="audio"))
    other = replace(running, id="other", camera="elsewhere")
    keeper = Bookkeeper(tmp_path)
    write(db, keeper, *(EventChanged(event) for event in (running, manual, sound, other)))
    write(db, keeper, WorkerStarted((running.camera,), NOON + 60))
    ends = {row["id"]: row["end_time"] for row in db.rows("SELECT id, end_time FROM event", {})}
    assert ends == {running.id: NOON + 60, "sound": NOON + 60, "manual": None, "other": None}


def test_a_gap_that_a_dead_worker_left_open_ends_where_the_next_one_begins(
    db: Database, tmp_path: Path
) -> None:
    offline = Gap("g", "front", NOON + 10, None, GapReason.CAMERA_OFFLINE)
    write(db, Bookkeeper(tmp_path), SegmentWritten(make_segment(0)), GapNoted(offline))
    write(db, Bookkeeper(tmp_path), WorkerStarted(("front",), NOON + 20))
    assert [(gap.start_time, gap.end_time) for gap in gaps(db)] == [(NOON + 10, NOON + 20)]


def test_what_is_missing_behind_an_explained_gap_is_a_restart(db: Database, tmp_path: Path) -> None:
    offline = Gap("g", "front", NOON + 10, NOON + 20, GapReason.CAMERA_OFFLINE)
    records = (SegmentWritten(make_segment(0)), GapNoted(offline))
    write(db, Bookkeeper(tmp_path), *records, SegmentWritten(after_restart(NOON + 24)))
    _, restart = gaps(db)
    assert (restart.start_time, restart.end_time) == (NOON + 20, NOON + 24)
    assert restart.reason is GapReason.RESTART


def test_the_torn_end_of_an_orphan_is_cut_off(db: Database, tmp_path: Path) -> None:
    last = half_recorded(tmp_path)[-1]
    with (tmp_path / last.path).open("ab") as file:
        file.write(b"torn")
    with transaction(db):
        put_segment(db, last)
        close_orphans(db, tmp_path)
    assert (tmp_path / last.path).stat().st_size == last.size_bytes
