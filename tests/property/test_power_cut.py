"""The power may go at any moment: what the index promised is there, and at most 4 s are lost.

What of the disk is modelled and what is not, stands in `tests/support/power_cut.py`.
"""

from __future__ import annotations

import sqlite3
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from picket.config.paths import MediaPaths, prepare_media
from picket.domain.segment import GapReason, Segment
from picket.domain.stream import Packet, StreamInfo
from picket.ipc.messages import Record, WorkerStarted
from picket.record.recorder import Recorder, RecorderSpec
from picket.record.retention import Deletion, Reason
from picket.runtime.keeper.disposal import Disposal
from picket.runtime.keeper.keeping import Bookkeeper
from picket.runtime.program import prepare_store
from picket.runtime.settings import Settings
from picket.store.database import Database, open_database, transaction
from picket.store.gaps import find_gaps
from picket.store.retention_queries import BEGINNING, oldest_closed
from picket.store.segments import find_segments
from tests.support.counted_feed import FPS, make_counted_clip, numbers_in, play_numbers
from tests.support.footage_audit import EVER, Audit, unexplained_s
from tests.support.index_samples import make_index
from tests.support.power_cut import Step, Survivors, WatchedFiles, cut_after
from tests.support.recordings import START, numbered_draws, packets_of, stream_of
from tests.support.stored_media import make_config

CAMERA = "front"
LENGTH = 8 * FPS  # pictures before the power goes at the latest
AGAIN = 2 * FPS  # pictures recorded when it is back
AWAY_S = 5.0
MOST_LOST = 4 * FPS
MIDNIGHT = START + 12 * 3600 - 4.25  # new folders of the hour and the day in the middle of it


class Feed:
    """What the camera sends, before and after."""

    def __init__(self, stream: StreamInfo, packets: Sequence[Packet]) -> None:
        self.stream = stream
        self.packets = packets


@pytest.fixture(scope="module")
def feed() -> Iterator[Feed]:
    with tempfile.TemporaryDirectory() as folder:
        clip = make_counted_clip(Path(folder) / "counted.mp4", LENGTH + AGAIN)
        moved = (
            replace(packet, wall_time=packet.wall_time - START + MIDNIGHT)
            for packet in packets_of(clip)
        )
        yield Feed(stream_of(clip), list(moved))


@dataclass
class Keeper:
    """The index of a folder, and who writes it when the schedule says so."""

    db: Database
    files: WatchedFiles
    media: MediaPaths
    letters: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._bookkeeper = Bookkeeper(self.media.recordings)
        self._disposal = Disposal(self.db, self.media, self.files)

    def commit(self) -> None:
        """Write what waits, in one transaction."""
        with transaction(self.db):
            for letter in self.letters:
                self._bookkeeper.write(self.db, letter)
        self.letters.clear()
        self._note_index()

    def delete_oldest(self) -> None:
        """As when the volume is full: the file, then the row."""
        plan = [Deletion(one, Reason.DISK_FULL) for one in oldest_closed(self.db, BEGINNING, 1)]
        for _ in self._disposal.segments("full", plan, now=MIDNIGHT):
            self._note_index()

    def _note_index(self) -> None:
        path = self.media.media.parent / "index.db"
        with closing(sqlite3.connect(path)) as reader:
            self.files.commit(reader.serialize())


@dataclass(frozen=True)
class Life:
    """Everything that was done, and how far the camera was by then."""

    steps: list[Step]
    sent: list[int]  # for each picture: how many steps were done when it arrived

    def newest(self, cut: int) -> int:
        """The number of the newest picture that had arrived after so many steps."""
        return bisect_right(self.sent, cut) - 1


def live(feed: Feed, folder: Path, commits: Sequence[bool], deletions: Sequence[int]) -> Life:
    """Record for eight seconds; the keeper commits after the pictures that are marked."""
    media = MediaPaths(folder / "media")
    prepare_media(media)
    files = WatchedFiles(media.recordings)
    recorder = Recorder(RecorderSpec(media.recordings, CAMERA, 2.0, files), numbered_draws)
    sent: list[int] = []
    with closing(make_index(folder / "index.db")) as db:
        keeper = Keeper(db, files, media)
        keeper.commit()
        for number, packet in enumerate(feed.packets[:LENGTH]):
            sent.append(len(files.steps))
            keeper.letters += recorder.accept(feed.stream, packet)
            if commits[number]:
                keeper.commit()
            if number in deletions:
                keeper.delete_oldest()
        recorder.close(MIDNIGHT)
    return Life(files.steps, sent)


def restore(survivors: Survivors, folder: Path) -> Settings:
    """The disk as it is found."""
    media = MediaPaths(folder / "media")
    prepare_media(media)
    for name in sorted(survivors.folders):
        (media.recordings / name).mkdir()
    for name, data in survivors.files.items():
        (media.recordings / name).write_bytes(data)
    index = folder / "index.db"
    index.write_bytes(survivors.index)
    now = MIDNIGHT + LENGTH / FPS + AWAY_S
    return Settings(make_config(), folder / "config.yml", media, index, "127.0.0.1", 5000, now)


def promised(survivors: Survivors, folder: Path) -> dict[str, Segment]:
    """What the index that survived says, before anything was mended."""
    path = folder / "promised.db"
    path.write_bytes(survivors.index)
    with closing(open_database(path, read_only=False)) as db:
        return {one.id: one for one in find_segments(db, CAMERA, *EVER)}


def record_again(feed: Feed, db: Database, media: MediaPaths) -> None:
    """The next life: a new session of the same camera some seconds later."""
    start_time = MIDNIGHT + LENGTH / FPS + AWAY_S
    recorder = Recorder(RecorderSpec(media.recordings, CAMERA), numbered_draws)
    keeper = Bookkeeper(media.recordings)
    stream = replace(feed.stream, session="session-2")
    records: list[Record] = [WorkerStarted((CAMERA,), start_time)]
    for packet in feed.packets[LENGTH:]:
        records += recorder.accept(stream, replace(packet, wall_time=packet.wall_time + AWAY_S))
    records += recorder.close(start_time)
    with transaction(db):
        for record in records:
            keeper.write(db, record)


def check(feed: Feed, life: Life, cut: int, seed: int) -> None:
    """Let the power go after so many steps, start again, and look at everything."""
    survivors = cut_after(life.steps[:cut], Random(seed))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = promised(survivors, folder)
        found = restore(survivors, folder)
        prepare_store(found)
        with closing(open_database(found.database, read_only=False)) as db:
            audit = Audit(found.media.recordings)
            finish_deletions(db, found.media, audit.lost_files(db), life.steps[:cut])
            after = {one.id: one for one in find_segments(db, CAMERA, *EVER)}
            keeps_its_promises(audit, before, after)
            deleted = deleted_numbers(life.steps[:cut])
            loses_little(audit.numbers(db, CAMERA), deleted, life.newest(cut))
            assert audit.orphans(db) == audit.lost_files(db) == []
            record_again(feed, db, found.media)
            assert unexplained_s(db, CAMERA) == []
            assert {gap.reason for gap in find_gaps(db, CAMERA, *EVER)} <= {GapReason.RESTART}


def finish_deletions(
    db: Database, media: MediaPaths, lost: Sequence[str], done: Sequence[Step]
) -> None:
    """A file may go and the power before its row does: the next clean-up forgets it."""
    assert set(lost) <= {step.name for step in done if step.what == "remove"}
    plan = [
        Deletion(one, Reason.DISK_FULL)
        for one in oldest_closed(db, BEGINNING, LENGTH)
        if one.path in lost
    ]
    for _ in Disposal(db, media).segments("again", plan, now=MIDNIGHT):
        pass


def keeps_its_promises(audit: Audit, before: dict[str, Segment], after: dict[str, Segment]) -> None:
    """Every committed row has its file, with at least what it told, and each file plays."""
    for old in before.values():
        if old.id in after:
            assert after[old.id].fragments[: len(old.fragments)] == old.fragments
    for row in after.values():
        file = audit.recordings / row.path
        assert row.is_closed
        assert file.stat().st_size == row.size_bytes
        assert tuple(play_numbers(file)) == audit.numbers_of(row)


def deleted_numbers(done: Sequence[Step]) -> list[int]:
    """The pictures that were in files which were deleted."""
    gone = {step.name for step in done if step.what == "remove"}
    return [n for step in done if step.name in gone for n in numbers_in(step.data)]


def loses_little(numbers: Sequence[int], deleted: Sequence[int], newest: int) -> None:
    """The end alone is missing, and little of it."""
    assert list(numbers) == sorted(set(numbers))
    assert newest - max([*numbers, *deleted], default=-1) <= MOST_LOST
    if numbers:
        assert len(numbers) == numbers[-1] - numbers[0] + 1


@pytest.mark.parametrize("pictures_per_commit", [3, 2 * LENGTH])
def test_after_each_single_step_the_power_may_go(
    feed: Feed, tmp_path: Path, pictures_per_commit: int
) -> None:
    commits = [n % pictures_per_commit == pictures_per_commit - 1 for n in range(LENGTH)]
    life = live(feed, tmp_path, commits, ())
    for cut in range(1, len(life.steps) + 1):
        check(feed, life, cut, seed=cut)


@given(
    commits=st.lists(st.booleans(), min_size=LENGTH, max_size=LENGTH),
    deletions=st.lists(st.integers(0, LENGTH - 1), max_size=3),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1 << 30)), min_size=8, max_size=8),
)
@settings(max_examples=10, deadline=None, phases=(Phase.reuse, Phase.generate))
def test_whenever_the_keeper_commits_and_deletes_a_cut_costs_four_seconds_at_most(
    feed: Feed,
    commits: list[bool],
    deletions: list[int],
    cuts: list[tuple[float, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        life = live(feed, Path(folder), commits, deletions)
    for share, seed in cuts:
        check(feed, life, max(1, round(share * len(life.steps))), seed)
