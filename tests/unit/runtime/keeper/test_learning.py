"""What past objects teach reaches the workers: when one starts, and while events end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from picket.config.load import parse_config
from picket.config.paths import MediaPaths, prepare_media
from picket.detect.region_grid import learn_grid
from picket.ipc.channel import Channel, make_channel, wait_readable
from picket.ipc.messages import EventChanged, Numbered, SizesLearned, WorkerStarted
from picket.runtime.keeper.learning import LEARN_PERIOD_S, Lessons
from picket.runtime.keeper.process import run_keeper
from picket.runtime.settings import Settings
from picket.runtime.wiring import KeeperWires
from picket.store.database import Database
from picket.store.events import put_event
from picket.store.timeline import add_timeline
from tests.support.index_samples import EVENT, MOMENT, NOON, make_index

PATIENCE_S = 10.0
CONFIG = {
    "cameras": {"front": {"ffmpeg": {"inputs": [{"path": "rtsp://front/1", "roles": ["detect"]}]}}}
}
STARTED = WorkerStarted((EVENT.camera,), NOON)
ENDED = EventChanged(replace(EVENT, end_time=NOON))


@dataclass
class School:
    """The lessons over a real index, a pipe to one worker, and a clock that a test moves."""

    db: Database
    keeper: Channel
    worker: Channel
    now: float = 1000.0

    def __post_init__(self) -> None:
        self.lessons = Lessons(self.db, [self.keeper], lambda: self.now)

    def teach(self) -> None:
        put_event(self.db, EVENT)
        add_timeline(self.db, MOMENT)

    def told(self) -> list[SizesLearned]:
        """What the worker hears after a turn for each camera, and one more."""
        for _ in range(3):
            self.lessons.turn()
        found = []
        while (message := self.worker.receive()) is not None:
            found.append(message)
        return found


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    db = make_index(tmp_path / "index.db")
    keeper, worker = make_channel()
    yield School(db, keeper, worker)
    keeper.close()
    worker.close()
    db.close()


LEARNED = SizesLearned(EVENT.camera, learn_grid([MOMENT.box]))


def test_a_worker_that_starts_is_told_what_was_learned(school: School) -> None:
    school.teach()
    school.lessons.note(STARTED)
    assert school.told() == [LEARNED]
    assert school.told() == []


def test_nothing_is_told_of_a_camera_that_saw_nothing(school: School) -> None:
    school.lessons.note(STARTED)
    assert school.told() == []


def test_events_that_end_are_learned_from_some_time_later(school: School) -> None:
    school.teach()
    school.lessons.note(EventChanged(replace(EVENT, end_time=None)))
    school.now += 2 * LEARN_PERIOD_S
    assert school.told() == []
    school.lessons.note(ENDED)
    school.now += LEARN_PERIOD_S / 2
    school.lessons.note(ENDED)
    assert school.told() == []
    school.now += LEARN_PERIOD_S / 2
    assert school.told() == [LEARNED]


def test_one_camera_is_learned_in_a_turn(school: School) -> None:
    school.teach()
    put_event(school.db, replace(EVENT, id="2.0-backyd", camera="back"))
    add_timeline(school.db, replace(MOMENT, source_id="2.0-backyd", camera="back"))
    school.lessons.note(WorkerStarted(("front", "back"), NOON))
    school.lessons.turn()
    assert isinstance(school.worker.receive(), SizesLearned)
    assert school.worker.receive() is None
    assert len(school.told()) == 1


def test_an_index_that_does_not_answer_is_asked_again_later(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    school.teach()
    school.db.execute("ALTER TABLE timeline RENAME TO elsewhere")
    school.lessons.note(STARTED)
    assert school.told() == []
    assert f"camera {EVENT.camera} learns no sizes for now" in caplog.text
    school.db.execute("ALTER TABLE elsewhere RENAME TO timeline")
    school.now += LEARN_PERIOD_S
    assert school.told() == [LEARNED]


def test_the_keeper_tells_a_worker_that_reports_its_start(school: School, tmp_path: Path) -> None:
    school.teach()
    media = MediaPaths(tmp_path / "media")
    prepare_media(media)
    server, wires_end = make_channel()
    stop = threading.Event()
    settings = Settings(
        *(parse_config(CONFIG), tmp_path / "config.yml", media, tmp_path / "index.db"),
        *("127.0.0.1", 0),
        started_time=NOON,
    )
    wires = KeeperWires((school.keeper,), wires_end)
    thread = threading.Thread(target=run_keeper, args=(settings, wires, stop), daemon=True)
    thread.start()
    try:
        school.worker.send(Numbered("boot", 1, STARTED))
        assert _hear(school.worker) == LEARNED
    finally:
        stop.set()
        server.send("wake up")
        thread.join(PATIENCE_S)
        server.close()
        wires_end.close()


def _hear(worker: Channel) -> SizesLearned | None:
    """The first lesson among what the keeper says."""
    while wait_readable([worker], PATIENCE_S):
        message = worker.receive()
        if isinstance(message, SizesLearned):
            return message
    return None
