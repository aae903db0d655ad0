from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.domain.timespan import TimeSpan
from picket.runtime.keeper.chores import Chores, ChoreTools
from picket.runtime.upkeep.reconciling import Reconciliation, batches
from picket.runtime.upkeep.volume import join_volume
from picket.store.reconcile_queries import count_segments, files_between
from picket.store.segments import delete_segments
from picket.store.upkeep import Task, Upkeep, find_upkeep, put_upkeep
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.recordings import record_packets
from tests.support.stored_media import StoredMedia, make_config, make_media, run_all

ALL_TIME = TimeSpan(0, 1e12)
LATER_S = 10 * 365 * 86_400.0  # after NOON: the files that a test writes have settled


@pytest.fixture
def media(tmp_path: Path) -> Iterator[StoredMedia]:
    made = make_media(tmp_path)
    made.now += LATER_S
    join_volume(made.db, made.paths.media)
    yield made
    made.db.close()


def reconcile(media: StoredMedia) -> Upkeep:
    run_all(Reconciliation(media.db, media.paths).run(media.now))
    noted = find_upkeep(media.db, Task.RECONCILE)
    assert noted is not None
    return noted


def test_an_index_is_made_anew_from_the_files(media: StoredMedia) -> None:
    recorded = record_packets(STREAM_WITH_SOUND, with_sound(45), media.paths.recordings)
    noted = reconcile(media)
    assert noted.is_good
    assert all(media.has_segment(one.id) for one in recorded.segments)
    assert f"entered {len(recorded.segments)} recordings" in noted.outcome


def test_rows_whose_files_are_gone_are_dropped(media: StoredMedia) -> None:
    ids = [media.record(age_s=100 * n) for n in range(40)]
    for name in media.files()[:10]:
        (media.paths.recordings / name).unlink()
    assert reconcile(media).is_good
    assert sum(map(media.has_segment, ids)) == 30
    assert len(media.files()) == 30


def test_nothing_is_dropped_when_most_is_missing(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    for n in range(40):
        media.record(age_s=100 * n)
    for name in media.files()[:30]:
        (media.paths.recordings / name).unlink()
    noted = reconcile(media)
    assert not noted.is_good
    assert "30 of 40 recordings are missing" in noted.outcome
    assert noted.outcome in caplog.text
    assert count_segments(media.db) == 40


def test_nothing_is_dropped_for_a_folder_that_is_not_the_indexs_own(media: StoredMedia) -> None:
    kept, gone = media.record(age_s=100), media.record(age_s=200)
    (media.paths.recordings / media.files()[0]).unlink()
    (media.paths.media / ".picket-volume").unlink()
    assert "another media folder" in reconcile(media).outcome
    assert media.has_segment(kept)
    assert media.has_segment(gone)


def chores_of(media: StoredMedia, **record: object) -> Chores:
    tools = ChoreTools(lambda: media.now, lambda: media.monotonic, media.disk_usage)
    return Chores(media.db, make_config(record=record), media.paths, tools)


def test_the_keeper_compares_when_the_user_wants_it(media: StoredMedia) -> None:
    record_packets(STREAM_WITH_SOUND, with_sound(5), media.paths.recordings)
    chores_of(media).turn()
    assert count_segments(media.db) == 0
    chores = chores_of(media, sync_recordings=True)
    chores.turn()
    assert count_segments(media.db) == 1
    delete_segments(media.db, [one.id for one in files_between(media.db, ALL_TIME)])
    chores.turn()
    assert count_segments(media.db) == 0
    media.monotonic += 86_400
    media.now += 86_400
    chores.turn()
    assert count_segments(media.db) == 1


def test_the_keeper_compares_when_the_start_left_it_something(media: StoredMedia) -> None:
    record_packets(STREAM_WITH_SOUND, with_sound(5), media.paths.recordings)
    put_upkeep(media.db, Upkeep(Task.RECONCILE, media.now, is_good=False, outcome=""))
    chores_of(media).turn()
    assert count_segments(media.db) == 1


def test_batches_lose_nothing() -> None:
    assert list(batches(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
