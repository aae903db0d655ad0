from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.runtime.keeper.chores import Chores, ChoreTools
from tests.support.stored_media import DAY_S, StoredMedia, make_config, make_media


@pytest.fixture
def media(tmp_path: Path) -> Iterator[StoredMedia]:
    made = make_media(tmp_path)
    yield made
    made.db.close()


def make_chores(media: StoredMedia, tick_s: float = 0.0) -> Chores:
    """Chores by the test's clock, which moves by a tick whenever it is read."""

    def monotonic() -> float:
        media.monotonic += tick_s
        return media.monotonic

    tools = ChoreTools(lambda: media.now, monotonic, media.disk_usage)
    config = make_config(record={"expire_interval": 30})
    return Chores(media.db, config, media.paths, tools)


def test_retention_runs_a_minute_after_the_start_and_then_at_its_interval(
    media: StoredMedia,
) -> None:
    chores = make_chores(media)
    first = media.record(3 * DAY_S)
    assert not chores.turn()
    media.monotonic += 59
    chores.turn()
    assert media.has_segment(first)
    media.monotonic += 1
    chores.turn()
    assert not media.has_segment(first)
    second = media.record(3 * DAY_S)
    media.monotonic += 29 * 60
    chores.turn()
    assert media.has_segment(second)
    media.monotonic += 60
    chores.turn()
    assert not media.has_segment(second)


def test_free_space_is_looked_at_at_once_and_every_minute(media: StoredMedia) -> None:
    chores = make_chores(media)
    for _ in range(3):
        chores.turn()
        media.monotonic += 30
    assert len(media.disk_asked) == 2


def test_a_turn_ends_in_time_and_the_next_one_goes_on(media: StoredMedia) -> None:
    ids = [media.record(3 * DAY_S - 10 * n) for n in range(100)]
    chores = make_chores(media, tick_s=0.02)
    media.monotonic += 60
    turns = 1
    left = []
    while chores.turn():
        turns += 1
        left.append(sum(media.has_segment(one) for one in ids))
    assert turns > 5
    assert len(set(left)) > 4
    assert media.files() == []


def test_space_is_made_before_retention_goes_on(media: StoredMedia) -> None:
    media.free_bytes = 0
    within_days = media.record(300.0)
    chores = make_chores(media)
    assert not chores.turn()
    assert not media.has_segment(within_days)


def test_a_database_that_refuses_is_asked_again_after_a_minute(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    old = media.record(3 * DAY_S)
    chores = make_chores(media)
    media.monotonic += 60
    media.db.execute("ALTER TABLE event RENAME TO hidden")
    assert not chores.turn()
    assert "waits for the database" in caplog.text
    media.db.execute("ALTER TABLE hidden RENAME TO event")
    media.monotonic += 59
    chores.turn()
    assert media.has_segment(old)
    media.monotonic += 1
    chores.turn()
    assert not media.has_segment(old)


def test_when_space_runs_out_room_is_made_with_the_next_turn(media: StoredMedia) -> None:
    chores = make_chores(media)
    chores.turn()
    within_days = media.record(300.0)
    media.monotonic += 1
    chores.segment_closed()
    chores.turn()
    assert media.has_segment(within_days)
    media.free_bytes = 0
    chores.segment_closed()
    chores.turn()
    assert not media.has_segment(within_days)


def test_a_clock_that_is_set_far_ahead_deletes_nothing_for_an_hour(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    segment = media.record(60.0)
    chores = make_chores(media)
    media.now += 400 * DAY_S
    for _ in range(59):
        media.monotonic += 60
        media.now += 60
        chores.turn()
    assert media.has_segment(segment)
    assert "the clock went far ahead" in caplog.text
    for _ in range(31):
        media.monotonic += 60
        media.now += 60
        chores.turn()
    assert not media.has_segment(segment)


def test_another_policy_counts_from_the_next_clean_up(media: StoredMedia) -> None:
    chores = make_chores(media)
    segment = media.record(3 * DAY_S)
    chores.adopt(make_config(record={"retain": {"days": 5}}))
    media.monotonic += 60
    chores.turn()
    assert media.has_segment(segment)
