from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from picket.domain.errors import ConfigError, StoreError
from picket.domain.event import Moment
from picket.domain.timespan import TimeSpan
from picket.runtime.upkeep.frigate_import import Counts, import_frigate
from picket.runtime.upkeep.repair import RepairOptions, repair
from picket.store.database import Database, open_database
from picket.store.events import find_event, set_sub_label
from picket.store.reconcile_queries import count_segments, files_between
from picket.store.segments import find_segment, find_segments
from picket.store.timeline import find_timeline
from tests.support.frigate_install import BOX, DATA_0_13, JPEG, FrigateInstall, make_frigate
from tests.support.index_samples import NOON

ALL_TIME = TimeSpan(0, 1e12)


@pytest.fixture
def frigate(tmp_path: Path) -> FrigateInstall:
    return make_frigate(tmp_path)


def keep_quiet(line: str) -> None:
    pass


def index_of(frigate: FrigateInstall) -> Path:
    return frigate.media.media.parent / "picket.db"


def take_over(frigate: FrigateInstall, said: list[str] | None = None) -> dict[str, Counts]:
    say = (said if said is not None else []).append
    return import_frigate(frigate.database, index_of(frigate), frigate.media, NOON, say)


@contextmanager
def opened(frigate: FrigateInstall) -> Iterator[Database]:
    db = open_database(index_of(frigate), read_only=False)
    try:
        yield db
    finally:
        db.close()


def test_an_event_keeps_all_that_frigate_knew(frigate: FrigateInstall) -> None:
    event_id = frigate.event(
        data=DATA_0_13, sub_label="ann", plus_id="plus-1", retain_indefinitely=1, model_type="ssd"
    )
    take_over(frigate)
    with opened(frigate) as db:
        event = find_event(db, event_id)
    assert event is not None
    assert (event.camera, event.label, event.sub_label) == ("front", "person", "ann")
    assert (event.start_time, event.end_time) == (NOON, NOON + 20)
    assert event.zones == ("porch",)
    assert (event.has_clip, event.has_snapshot, event.retain_indefinitely) == (True, True, True)
    assert event.thumbnail == JPEG
    assert (event.plus_id, event.model_type, event.false_positive) == ("plus-1", "ssd", None)
    assert (event.data.score, event.data.top_score) == (0.875, 0.9)
    assert event.data.box == tuple(BOX)
    assert [one.label for one in event.data.attributes] == ["face"]
    assert event.data.sub_label_score == 0.8


def test_an_event_that_a_crash_left_open_is_ended_as_frigate_would(
    frigate: FrigateInstall,
) -> None:
    event_id = frigate.event(data="{}", end_time=None)
    take_over(frigate)
    with opened(frigate) as db:
        event = find_event(db, event_id)
    assert event is not None
    assert event.end_time == NOON + 30


def test_the_timeline_comes_along_and_what_is_unknown_is_counted(frigate: FrigateInstall) -> None:
    event_id = frigate.event(data=DATA_0_13)
    place = {"box": BOX, "region": BOX, "label": "person", "attribute": ""}
    for moment, extra in (("visible", {}), ("entered_zone", {"zones": ["porch"]}), ("heard", {})):
        frigate.row(
            "timeline",
            timestamp=NOON + 1,
            camera="front",
            source="tracked_object",
            source_id=event_id,
            class_type=moment,
            data=json.dumps({**place, **extra}),
        )
    counts = take_over(frigate)["timeline"]
    assert (counts.entered, counts.senseless) == (2, 1)
    again = take_over(frigate)["timeline"]
    assert (again.entered, again.known) == (0, 2)
    with opened(frigate) as db:
        found = find_timeline(db, source_id=event_id)
    assert {one.moment: one.zones for one in found} == {
        Moment.VISIBLE: (),
        Moment.ENTERED_ZONE: ("porch",),
    }


def test_recordings_are_taken_over_where_they_lie(frigate: FrigateInstall) -> None:
    ids = [frigate.record(0, dBFS=-20), frigate.record(1, "hevc", motion=None, objects=None)]
    take_over(frigate)
    with opened(frigate) as db:
        first, second = (find_segment(db, one) for one in ids)
    assert first is not None
    assert second is not None
    assert (first.path, first.start_time) == ("2024-01-15/12/front/00.00.mp4", NOON)
    assert (first.motion, first.objects, first.dbfs) == (1200, 2, -20)
    assert (second.motion, second.objects, second.dbfs) == (None, None, None)
    assert first.codecs.startswith("avc1.")
    assert second.codecs.startswith("hvc1.")
    assert first.size_bytes == (frigate.media.recordings / first.path).stat().st_size


def test_what_cannot_be_taken_over_is_counted_and_named(frigate: FrigateInstall) -> None:
    frigate.record(0)
    gone = frigate.media.recordings / "2024-01-15/12/front/00.10.mp4"
    frigate.record(1)
    gone.unlink()
    frigate.record(2)
    torn = frigate.media.recordings / "2024-01-15/12/front/00.20.mp4"
    torn.write_bytes(torn.read_bytes()[:-500])
    frigate.record(3, path="/somewhere/else.mp4")
    frigate.record(4, path="/media/frigate/recordings/../../etc/passwd")
    frigate.event(1, data="{broken")
    said: list[str] = []
    counts = take_over(frigate, said)
    recordings = counts["recordings"]
    assert (recordings.entered, recordings.missing, recordings.senseless) == (1, 1, 1)
    assert recordings.unreadable == ["../../etc/passwd", "2024-01-15/12/front/00.20.mp4"]
    assert counts["event"].senseless == 1
    assert "  cannot be played: 2024-01-15/12/front/00.20.mp4" in said


def test_again_it_adds_what_is_new_and_leaves_what_a_user_changed(
    frigate: FrigateInstall,
) -> None:
    event_id = frigate.event(data=DATA_0_13, sub_label="ann")
    frigate.record(0)
    take_over(frigate)
    with opened(frigate) as db:
        set_sub_label(db, event_id, "bob", None)
    frigate.event(5, data=DATA_0_13)
    frigate.record(1)
    counts = take_over(frigate)
    assert (counts["event"].entered, counts["event"].known) == (1, 1)
    assert (counts["recordings"].entered, counts["recordings"].known) == (1, 1)
    with opened(frigate) as db:
        event = find_event(db, event_id)
        assert event is not None
        assert event.sub_label == "bob"
        assert count_segments(db) == 2


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_frigates_database_and_its_folder_stay_as_they_are(frigate: FrigateInstall) -> None:
    frigate.event(data=DATA_0_13)
    frigate.record(0)
    before = digests(frigate.database.parent)
    assert list(before) == ["frigate.db"]
    take_over(frigate)
    assert digests(frigate.database.parent) == before


def test_what_frigate_had_only_in_its_journal_comes_along(frigate: FrigateInstall) -> None:
    running = sqlite3.connect(frigate.database)
    running.execute("SELECT * FROM event").fetchall()
    event_id = frigate.event(data=DATA_0_13)
    assert frigate.database.with_name("frigate.db-wal").stat().st_size
    content = frigate.database.read_bytes()
    take_over(frigate)
    assert frigate.database.read_bytes() == content
    running.close()
    with opened(frigate) as db:
        assert find_event(db, event_id) is not None


@pytest.mark.parametrize("version", ["0.12", "0.14"])
def test_tables_of_other_versions_are_read(tmp_path: Path, version: str) -> None:
    frigate = make_frigate(tmp_path, version)
    if version == "0.12":
        event_id = frigate.event(top_score=0.75, box="[10, 20, 30, 40]")
    else:
        event_id = frigate.event(data=DATA_0_13)
    recording_id = frigate.record(0)
    take_over(frigate)
    with opened(frigate) as db:
        event, segment = find_event(db, event_id), find_segment(db, recording_id)
    assert event is not None
    assert event.data.top_score == (0.75 if version == "0.12" else 0.9)
    assert segment is not None


def test_thumbnails_that_are_files_become_jpegs(frigate: FrigateInstall) -> None:
    event_id = frigate.event(data=DATA_0_13, thumbnail="")
    file = frigate.media.clips / "thumbs" / "front" / f"{event_id}.webp"
    file.parent.mkdir(parents=True)
    done, webp = cv2.imencode(".webp", np.full((32, 48, 3), 128, np.uint8))
    assert done
    file.write_bytes(webp.tobytes())
    take_over(frigate)
    with opened(frigate) as db:
        event = find_event(db, event_id)
    assert event is not None
    assert event.thumbnail.startswith(b"\xff\xd8")


def test_an_id_that_no_playlist_could_name_is_replaced(frigate: FrigateInstall) -> None:
    frigate.record(0, id="an old id")
    take_over(frigate)
    with opened(frigate) as db:
        (segment,) = find_segments(db, "front", NOON, NOON + 10)
    assert segment.id.startswith("1705320000.0-")


def test_from_then_on_frigates_files_are_mended_like_ours(frigate: FrigateInstall) -> None:
    frigate.record(0)
    frigate.record(1)
    take_over(frigate)
    index_of(frigate).unlink()
    assert repair(index_of(frigate), frigate.media, RepairOptions(), NOON, keep_quiet)
    with opened(frigate) as db:
        assert len(files_between(db, ALL_TIME)) == 2


def test_the_index_cannot_be_frigates_own_file(frigate: FrigateInstall) -> None:
    with pytest.raises(ConfigError, match="file of its own"):
        import_frigate(frigate.database, frigate.database, frigate.media, NOON, keep_quiet)


def test_another_database_is_refused(frigate: FrigateInstall, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "orders.db") as other:
        other.execute("CREATE TABLE orders (id)")
    other.close()
    for source in (tmp_path / "orders.db", tmp_path / "none.db"):
        with pytest.raises(StoreError, match="Frigate"):
            import_frigate(source, index_of(frigate), frigate.media, NOON, keep_quiet)
    assert not index_of(frigate).exists()
