from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from picket.record.retention import Deletion, EventPlan, Reason
from picket.runtime.keeper.disposal import STEP, Disposal, Disposed
from picket.store.events import find_event
from picket.store.retention_queries import BEGINNING, events_after, oldest_closed
from tests.support.stored_media import DAY_S, FILE_BYTES, StoredMedia, make_media, run_all


@pytest.fixture
def media(tmp_path: Path) -> Iterator[StoredMedia]:
    made = make_media(tmp_path)
    yield made
    made.db.close()


def dispose(media: StoredMedia, plan: list[Deletion]) -> Disposed:
    results: list[Disposed] = []

    def carry_through() -> Generator[None]:
        results.append((yield from media.disposal.segments("test", plan, media.now)))

    run_all(carry_through())
    return results[0]


def plan_all(media: StoredMedia) -> list[Deletion]:
    return [Deletion(one, Reason.PAST_DAYS) for one in oldest_closed(media.db, BEGINNING, 1000)]


def test_after_each_step_files_and_rows_agree(media: StoredMedia) -> None:
    ids = [media.record(DAY_S - 10 * n) for n in range(3 * STEP)]
    for done, _ in enumerate(media.disposal.segments("test", plan_all(media), media.now), start=1):
        assert sum(media.has_segment(one) for one in ids) == len(ids) - done * STEP
        assert len(media.files()) == len(ids) - done * STEP
    assert media.files() == []


def test_only_what_the_plan_names_goes(media: StoredMedia) -> None:
    media.record(2 * DAY_S)
    plan = plan_all(media)
    other = media.record(3 * DAY_S)
    dispose(media, plan)
    assert media.has_segment(other)
    assert len(media.files()) == 1


def test_what_was_freed_and_what_is_stuck_is_told(media: StoredMedia) -> None:
    ids = [media.record(DAY_S - 10 * n) for n in range(4)]
    media.block(ids[1])
    (media.paths.recordings / media.files()[0]).unlink()
    done = dispose(media, plan_all(media))
    assert done == Disposed(2 * FILE_BYTES, frozenset({ids[1]}))


def test_a_failure_is_told_again_after_it_had_ended(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        media.disposal.tell("no luck")
    media.record(DAY_S)
    dispose(media, plan_all(media))
    media.disposal.tell("no luck")
    assert [record.message for record in caplog.records] == ["no luck", "no luck"]


def test_an_event_whose_picture_stays_keeps_its_row(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, free = media.event(DAY_S), media.event(DAY_S - 60)
    blocked = media.paths.clips / f"front-{stuck}.jpg"
    blocked.unlink()
    blocked.mkdir()
    events = tuple(events_after(media.db, "front", BEGINNING, 10))
    plan = EventPlan(clips=events, snapshots=events, rows=events, wanting=())
    media.disposal.events("test", plan)
    found = find_event(media.db, stuck)
    assert found is not None
    assert found.has_snapshot
    assert not found.has_clip
    assert not media.has_event(free)
    assert "pictures of events cannot be deleted" in caplog.text


def test_missing_files_are_no_deletion_where_a_disk_may_be_missing(
    media: StoredMedia, caplog: pytest.LogCaptureFixture
) -> None:
    media.disposal = Disposal(media.db, media.paths, is_own_volume=False)
    ids = [media.record(DAY_S - 10 * n) for n in range(3)]
    (media.paths.recordings / media.files()[0]).unlink()
    done = dispose(media, plan_all(media))
    assert done == Disposed(2 * FILE_BYTES, frozenset({ids[0]}))
    assert media.has_segment(ids[0])
    assert "is a disk not mounted?" in caplog.text
