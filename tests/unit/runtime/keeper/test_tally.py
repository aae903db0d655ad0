from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.event import PathPoint
from picket.domain.segment import GapReason
from picket.domain.status import Deleted, GapSeconds, KeeperStatus
from picket.ipc.channel import Channel, make_channel
from picket.ipc.messages import EventChanged, GapNoted, WorkerStarted
from picket.record.retention import Deletion, Reason
from picket.runtime.keeper.gap_tally import GapTally
from picket.runtime.keeper.tally import Clocks, KeeperTally
from picket.store.retention_queries import BEGINNING, oldest_closed
from tests.support.index_samples import EVENT, GAP, NOON
from tests.support.stored_media import DAY_S, FILE_BYTES, StoredMedia, make_media, run_all


@pytest.fixture
def media(tmp_path: Path) -> Iterator[StoredMedia]:
    made = make_media(tmp_path)
    yield made
    made.db.close()


def make_tally(media: StoredMedia) -> KeeperTally:
    clocks = Clocks(lambda: media.now, lambda: media.monotonic)
    return KeeperTally(GapTally([], media.now), media.disposal, clocks)


def test_what_the_workers_tell_is_counted(media: StoredMedia) -> None:
    tally = make_tally(media)
    gap = replace(GAP, id="g", camera="front", start_time=NOON - 30, end_time=None)
    tally.note(GapNoted(gap))
    tally.note(WorkerStarted(("front",), NOON - 10))
    path = (PathPoint(NOON, (0.1, 0.1, 0.2, 0.2)),)
    tally.note(EventChanged(EVENT, path, told_time=NOON - 0.5))
    tally.note(EventChanged(EVENT))  # of a time when nobody measured
    status = tally.status()
    assert status.pid == os.getpid()
    assert status.gaps == (GapSeconds("front", gap.reason, 20.0),)
    assert {camera: one.sum_s for camera, one in status.stored.items()} == {EVENT.camera: 0.5}


def test_commits_and_refusals_are_counted(media: StoredMedia) -> None:
    tally = make_tally(media)
    tally.committed(0.25)
    tally.committed(0.5)
    tally.refused()
    status = tally.status()
    assert (status.commits.count, status.commits.sum_s, status.refusals) == (2, 0.75, 1)


def test_what_retention_took_is_counted_by_cause(media: StoredMedia) -> None:
    tally = make_tally(media)
    for n in range(3):
        media.record(DAY_S - 10 * n)
    first, *others = oldest_closed(media.db, BEGINNING, 10)
    plan = [Deletion(first, Reason.QUOTA), *(Deletion(one, Reason.PAST_DAYS) for one in others)]
    run_all(media.disposal.segments("test", plan, media.now))
    assert tally.status().deleted == {
        "quota": Deleted(1, FILE_BYTES),
        "past_days": Deleted(2, 2 * FILE_BYTES),
    }


def test_the_server_is_told_once_a_second(media: StoredMedia) -> None:
    tally, (here, there) = make_tally(media), make_channel()
    try:
        for _ in range(4):
            tally.tell(here)
            media.monotonic += 0.5
        assert [type(one) for one in received(there)] == [KeeperStatus, KeeperStatus]
    finally:
        here.close()
        there.close()


def received(channel: Channel) -> list[object]:
    messages: list[object] = []
    while (message := channel.receive()) is not None:
        messages.append(message)
    return messages


def test_a_restart_is_a_cause_as_well(media: StoredMedia) -> None:
    tally = make_tally(media)
    restart = replace(GAP, reason=GapReason.RESTART, start_time=NOON - 9, end_time=NOON - 5)
    tally.gaps.note(restart)
    assert tally.status().gaps == (GapSeconds(GAP.camera, GapReason.RESTART, 4.0),)
