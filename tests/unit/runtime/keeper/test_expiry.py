from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from picket.domain.errors import NotFound
from picket.domain.segment import Gap, GapReason
from picket.record.removal import remove_file
from picket.runtime.keeper.expiry import PAGE, Expiry
from picket.store.events import find_event, put_event
from picket.store.gaps import find_gaps, put_gap
from picket.store.retention_queries import BEGINNING, events_after
from tests.support.index_samples import make_event
from tests.support.stored_media import DAY_S, StoredMedia, make_config, make_media, run_all


@pytest.fixture
def media(tmp_path: Path) -> Iterator[StoredMedia]:
    made = make_media(tmp_path)
    yield made
    made.db.close()


def expire(media: StoredMedia, camera: dict[str, Any] | None = None, **top: Any) -> int:
    config = make_config(camera, **top)
    return run_all(Expiry(media.db, config, media.paths, media.disposal).run(media.now))


def test_footage_past_its_days_goes_with_file_row_and_folder(media: StoredMedia) -> None:
    old, new = media.record(3.1 * DAY_S), media.record(2.9 * DAY_S)
    expire(media, record={"retain": {"days": 3}})
    assert not media.has_segment(old)
    assert media.has_segment(new)
    assert len(media.files()) == 1
    assert [p.name for p in media.paths.recordings.iterdir()] == ["2024-01-12"]


def test_folders_of_long_ago_go_with_their_last_file(media: StoredMedia) -> None:
    media.record(40 * DAY_S)
    expire(media)
    assert list(media.paths.recordings.iterdir()) == []


def test_footage_with_motion_in_an_event_stays_as_long_as_the_event(media: StoredMedia) -> None:
    before, during = media.record(5 * DAY_S + 40, motion=9), media.record(5 * DAY_S, motion=9)
    event = media.event(5 * DAY_S)
    expire(media)
    assert not media.has_segment(before)
    assert media.has_segment(during)
    media.now += 6 * DAY_S
    expire(media)
    assert not media.has_segment(during)
    assert not media.has_event(event)
    assert media.files() == []


@pytest.mark.parametrize(
    ("mode", "kept"),
    [
        ("all", ["still", "moving", "walking"]),
        ("motion", ["moving", "walking"]),
        ("active_objects", ["walking"]),
    ],
)
def test_the_mode_says_which_footage_of_an_event_is_kept(
    media: StoredMedia, mode: str, kept: list[str]
) -> None:
    ids = {
        "still": media.record(5 * DAY_S),
        "moving": media.record(5 * DAY_S - 10, motion=9),
        "walking": media.record(5 * DAY_S - 20, motion=9, objects=1),
    }
    media.event(5 * DAY_S, end_time=media.now - 5 * DAY_S + 40)
    expire(media, record={"events": {"retain": {"mode": mode}}})
    assert [name for name, one in ids.items() if media.has_segment(one)] == kept


@pytest.mark.parametrize("reason", [{"retain_indefinitely": True}, {"kind": "api"}])
def test_protected_and_manual_events_keep_still_footage_too(
    media: StoredMedia, reason: dict[str, Any]
) -> None:
    still = media.record(5 * DAY_S)
    media.event(5 * DAY_S, **reason)
    expire(media)
    assert media.has_segment(still)


def test_a_protected_event_outlives_its_days_with_all_it_has(media: StoredMedia) -> None:
    footage = media.record(400 * DAY_S)
    event = media.event(400 * DAY_S, retain_indefinitely=True)
    expire(media)
    assert media.has_segment(footage)
    found = find_event(media.db, event)
    assert found is not None
    assert found.has_clip
    assert found.has_snapshot
    assert len(list(media.paths.clips.iterdir())) == 2


def test_a_snapshot_may_outlive_the_clip_and_the_row_goes_with_the_last(
    media: StoredMedia,
) -> None:
    event = media.event(5 * DAY_S)
    days: dict[str, Any] = {
        "record": {"events": {"retain": {"default": 2}}},
        "snapshots": {"retain": {}},
    }
    expire(media, None, **days)
    found = find_event(media.db, event)
    assert found is not None
    assert not found.has_clip
    assert found.has_snapshot
    media.now += 6 * DAY_S
    expire(media, None, **days)
    assert not media.has_event(event)
    assert list(media.paths.clips.iterdir()) == []


def test_without_days_events_keep_what_came_before_them_and_all_else_goes(
    media: StoredMedia,
) -> None:
    """An event's row begins `pre_capture` before what was seen; here that is in the file before."""
    ages = range(3600, 4200, 10)  # ten minutes without a hole
    ids = {age_s: media.record(age_s) for age_s in ages}
    begin = media.now - 3900 - 3  # the first three seconds lie in the file that ended 3900 s ago
    media.event(3600, start_time=begin, end_time=begin + 15)
    expire(media, record={"retain": {"days": 0}, "events": {"retain": {"mode": "all"}}})
    kept = [age_s for age_s, segment in ids.items() if media.has_segment(segment)]
    assert kept == [3880, 3890, 3900]
    assert len(media.files()) == 3
    assert find_gaps(media.db, "front", 0.0, media.now) == []


def test_a_running_event_loses_nothing(media: StoredMedia) -> None:
    footage = media.record(30 * DAY_S, motion=1)
    event = media.event(30 * DAY_S, end_time=None)
    expire(media)
    assert media.has_segment(footage)
    assert media.has_event(event)


def test_each_label_has_its_own_days(media: StoredMedia) -> None:
    person = media.event(5 * DAY_S, label="person")
    car = media.event(5 * DAY_S + 60, label="car")
    retain = {"retain": {"default": 1, "objects": {"person": 9}}}
    expire(media, record={"events": retain}, snapshots=retain)
    assert media.has_event(person)
    assert not media.has_event(car)


def test_a_camera_may_keep_longer_and_a_removed_one_follows_the_global_section(
    media: StoredMedia,
) -> None:
    mine = media.record(5 * DAY_S)
    removed, recent = media.record(5 * DAY_S, "shed"), media.record(1 * DAY_S, "shed")
    camera = {"record": {"enabled": True, "retain": {"days": 9}}}
    expire(media, camera, record={"retain": {"days": 2}})
    assert media.has_segment(mine)
    assert not media.has_segment(removed)
    assert media.has_segment(recent)


def test_unanalysed_footage_waits_for_the_longest_limit(media: StoredMedia) -> None:
    unknown = media.record(5 * DAY_S, motion=None, objects=None)
    expire(media)
    assert media.has_segment(unknown)
    media.now += 6 * DAY_S
    expire(media)
    assert not media.has_segment(unknown)


def test_a_file_that_has_gone_already_counts_as_deleted(media: StoredMedia) -> None:
    old = media.record(3 * DAY_S)
    remove_file(media.paths.recordings, media.files()[0])
    expire(media)
    assert not media.has_segment(old)


def test_a_file_that_cannot_be_deleted_keeps_its_row_and_is_told_of_once(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, other = media.record(3 * DAY_S), media.record(3 * DAY_S - 10)
    media.block(stuck)
    for _ in range(2):
        expire(media)
        assert media.has_segment(stuck)
    assert not media.has_segment(other)
    assert [r.message for r in caplog.records if r.levelname == "ERROR"] == [
        "recordings cannot be deleted, their rows stay: Is a directory"
    ]


def test_a_row_that_points_out_of_the_folder_deletes_nothing(
    media: StoredMedia, tmp_path: Path
) -> None:
    (tmp_path / "precious.mp4").touch()
    with pytest.raises(NotFound):
        remove_file(media.paths.recordings, "../../precious.mp4")
    segment = media.record(3 * DAY_S)
    media.db.execute("UPDATE segment SET path = '../../precious.mp4'")
    expire(media)
    assert media.has_segment(segment)
    assert (tmp_path / "precious.mp4").exists()


def test_the_plan_is_logged_with_counts_bytes_and_span(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    media.record(3 * DAY_S)
    media.record(3 * DAY_S - 10)
    expire(media)
    assert (
        "retention of front: 2 segments with 0.0 MiB from 2024-01-12T11:59:50Z to"
        " 2024-01-12T12:00:10Z go (past_days 2)" in [r.message for r in caplog.records]
    )


def test_no_event_is_missed_between_two_pages(media: StoredMedia) -> None:
    for number in range(PAGE + 1):
        put_event(media.db, make_event(id=f"event{number:04}"))
    media.now += 30 * DAY_S
    expire(media)
    assert events_after(media.db, "front", BEGINNING, 1) == []


def test_many_segments_go_in_small_steps(media: StoredMedia) -> None:
    for number in range(250):
        media.record(3 * DAY_S - 10 * number)
    steps = expire(media)
    assert media.files() == []
    assert steps > 25


def test_folders_that_were_emptied_young_are_removed_later(media: StoredMedia) -> None:
    media.record(3600)
    expire(media)
    assert media.files() == []
    assert len(list(media.paths.recordings.iterdir())) == 1
    media.now += 3 * DAY_S
    media.record(3600, "back")
    expire(media)
    assert [p.name for p in media.paths.recordings.iterdir()] == ["2024-01-18"]


def test_gaps_go_when_neither_footage_nor_policy_reaches_back_to_them(media: StoredMedia) -> None:
    media.record(20 * DAY_S)
    spans = [(30, 29), (19, 18), (0.5, None)]
    for days, end_days in spans:
        end_time = None if end_days is None else media.now - end_days * DAY_S
        start_time = media.now - days * DAY_S
        put_gap(media.db, Gap(f"g{days}", "front", start_time, end_time, GapReason.CAMERA_OFFLINE))

    def left() -> list[str]:
        return [gap.id for gap in find_gaps(media.db, "front", 0, media.now)]

    expire(media, record={"retain": {"days": 25}})
    assert left() == ["g19", "g0.5"]
    expire(media, record={"retain": {"days": 1}, "events": {"retain": {"default": 2}}})
    assert media.files() == []
    expire(media, record={"retain": {"days": 1}, "events": {"retain": {"default": 2}}})
    assert left() == ["g0.5"]
