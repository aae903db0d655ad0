from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from picket.runtime.keeper.room import PAGE, Room
from tests.support.stored_media import (
    DAY_S,
    FILE_BYTES,
    StoredMedia,
    make_config,
    make_media,
    run_all,
)

GIB = 1 << 30


@pytest.fixture
def media(tmp_path: Path) -> Iterator[StoredMedia]:
    made = make_media(tmp_path)
    yield made
    made.db.close()


def make_room(media: StoredMedia, missing_bytes: int) -> int:
    media.free_bytes = GIB - missing_bytes
    room = Room(media.db, make_config(), media.paths, media.disposal)
    return run_all(room.run(media.disk_usage, media.now))


def test_a_volume_with_enough_space_loses_nothing(media: StoredMedia) -> None:
    segment = media.record(DAY_S)
    make_room(media, 0)
    assert media.has_segment(segment)
    assert media.disk_asked == [media.paths.recordings]


def test_the_oldest_of_all_cameras_go_until_the_reserve_is_met(media: StoredMedia) -> None:
    ids = [media.record(DAY_S - 10 * n, ("front", "back")[n % 2]) for n in range(6)]
    make_room(media, 2 * FILE_BYTES + 1)
    assert [media.has_segment(one) for one in ids] == [False] * 3 + [True] * 3
    assert len(media.files()) == 3


def test_footage_of_protected_events_goes_last(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    ids = [media.record(DAY_S - 100 * n) for n in range(3)]
    media.event(DAY_S, retain_indefinitely=True)
    make_room(media, 2 * FILE_BYTES)
    assert [media.has_segment(one) for one in ids] == [True, False, False]
    assert not any("protected" in record.message for record in caplog.records)
    make_room(media, FILE_BYTES)
    assert not media.has_segment(ids[0])
    assert any("protected" in record.message for record in caplog.records)


def test_unprotected_footage_is_found_behind_many_protected_segments(media: StoredMedia) -> None:
    protected = [media.record(DAY_S - 10 * n) for n in range(PAGE + 50)]
    media.event(DAY_S, retain_indefinitely=True, end_time=media.now - DAY_S + 10 * len(protected))
    other = media.record(3600.0)
    make_room(media, FILE_BYTES)
    assert not media.has_segment(other)
    assert all(media.has_segment(one) for one in protected)


def test_files_that_had_gone_are_made_up_for(media: StoredMedia) -> None:
    ids = [media.record(DAY_S - 10 * n) for n in range(4)]
    for name in media.files()[:2]:
        (media.paths.recordings / name).unlink()
    make_room(media, FILE_BYTES)
    assert [media.has_segment(one) for one in ids] == [False, False, False, True]


def test_a_file_that_cannot_be_deleted_does_not_stop_the_others(media: StoredMedia) -> None:
    ids = [media.record(DAY_S - 10 * n) for n in range(3)]
    media.block(ids[0])
    make_room(media, FILE_BYTES)
    assert [media.has_segment(one) for one in ids] == [True, False, True]


def test_a_segment_that_is_being_written_stays_and_the_user_is_told(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    segment = media.record(0.0, is_closed=False)
    make_room(media, 10 * FILE_BYTES)
    assert media.has_segment(segment)
    assert any("nothing can be deleted" in record.message for record in caplog.records)


def test_a_volume_that_cannot_be_asked_costs_nothing(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    segment = media.record(DAY_S)

    def refuse(folder: Path) -> tuple[int, int, int]:
        raise OSError(5, "Input/output error", str(folder))

    room = Room(media.db, make_config(), media.paths, media.disposal)
    run_all(room.run(refuse, media.now))
    assert media.has_segment(segment)
    assert "Input/output error" in caplog.text


def quota_room(media: StoredMedia, files: float | None, **top: Any) -> Room:
    """Room for so many of the test's files of `front`; None for no limit of its own."""
    quota = None if files is None else files * FILE_BYTES / GIB
    config = make_config({"record": {"quota": quota}}, **top)
    return Room(media.db, config, media.paths, media.disposal)


def test_a_camera_over_its_quota_gives_up_its_own_oldest_footage(media: StoredMedia) -> None:
    others = [media.record(9 * DAY_S + 10 * n, "back") for n in range(3)]
    own = [media.record(DAY_S - 10 * n) for n in range(5)]
    run_all(quota_room(media, 2.5).run(media.disk_usage, media.now))
    assert [media.has_segment(one) for one in own] == [False] * 3 + [True] * 2
    assert all(media.has_segment(one) for one in others)


def test_all_cameras_share_the_quota_of_the_storage(media: StoredMedia) -> None:
    ids = [media.record(DAY_S - 10 * n, ("front", "back")[n % 2]) for n in range(6)]
    room = quota_room(media, None, storage={"quota": 4 * FILE_BYTES / GIB})
    run_all(room.run(media.disk_usage, media.now))
    assert [media.has_segment(one) for one in ids] == [False] * 2 + [True] * 4


def test_what_a_quota_frees_is_not_taken_again_for_the_reserve(media: StoredMedia) -> None:
    ids = [media.record(DAY_S - 10 * n) for n in range(4)]
    media.free_bytes = GIB - 2 * FILE_BYTES
    run_all(quota_room(media, 2).run(media.disk_usage, media.now))
    assert [media.has_segment(one) for one in ids] == [False] * 2 + [True] * 2


def test_protected_footage_goes_last_for_a_quota_too(media: StoredMedia) -> None:
    ids = [media.record(DAY_S - 100 * n) for n in range(3)]
    media.event(DAY_S, retain_indefinitely=True)
    run_all(quota_room(media, 1).run(media.disk_usage, media.now))
    assert [media.has_segment(one) for one in ids] == [True, False, False]


def test_less_than_half_of_the_reserve_is_urgent(media: StoredMedia) -> None:
    room = quota_room(media, None)
    run_all(room.run(media.disk_usage, media.now))
    media.free_bytes = GIB // 2
    assert not room.is_urgent(media.disk_usage)
    media.free_bytes -= 1
    assert room.is_urgent(media.disk_usage)
