"""What clients change about an object reaches the analysis that tracks it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from picket.capture.queue import PacketQueue, StreamOver
from picket.config.load import parse_config
from picket.detect.region_grid import learn_grid
from picket.domain.gaze import View
from picket.domain.segment import GapReason
from picket.ipc.changes import DeleteEvent, SetSubLabel
from picket.ipc.frame_ring import FrameRing
from picket.ipc.messages import (
    CameraTurned,
    Change,
    EventDiscarded,
    ForgetResidents,
    ObjectChanged,
    ResidentsAsked,
    SizesLearned,
    SuppressionsChanged,
)
from picket.ipc.ring_size import RingSize, make_ring_block
from picket.pipeline.memory import CameraMemory
from picket.pipeline.rules import compile_rules
from picket.runtime.detecting.client import DetectorPool
from picket.runtime.worker.analysis import Analysis
from picket.runtime.worker.analysis_tools import AnalysisTools
from picket.runtime.worker.resident_file import ResidentFile
from tests.support.index_samples import EVENT, make_suppression
from tests.unit.events.build import HEIGHT, WIDTH, Life, track

CONFIG = {
    "cameras": {
        "front": {"ffmpeg": {"inputs": [{"path": "rtsp://front/1", "roles": ["detect"]}]}},
    }
}
SIZE = RingSize(640, 360)


class Running:
    """An analysis in which one object is tracked, and no camera that sends anything."""

    def __init__(self, folder: Path) -> None:
        self.told: list[object] = []
        self.queue = PacketQueue(1000)
        tools = AnalysisTools(
            ring=FrameRing(make_ring_block("test-wishes", SIZE), SIZE),
            detectors=DetectorPool({}),
            tell=self.told.append,
            monotonic=lambda: 0.0,
            wall=lambda: 0.0,
            draws=lambda: (0,) * 6,
            residents=ResidentFile(folder / "front.json", lambda: 0.0),
        )
        self.analysis = Analysis(parse_config(CONFIG).cameras["front"], self.queue, tools)
        life = Life()
        life.be_believed()
        self.analysis._memory = CameraMemory(events=life.state)

    def run(self) -> None:
        self.queue.put(StreamOver(GapReason.CAMERA_OFFLINE))
        self.queue.close()
        self.analysis.run()


def test_a_name_reaches_the_running_object(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.analysis.wish(SetSubLabel(track().id, "Ann", 0.9))
    running.analysis.wish(SetSubLabel("1.0-nobody", "Bob", None))
    running.run()
    assert running.analysis._memory.events.objects[track().id].sub_label == ("Ann", 0.9)
    assert running.told == []


def test_learned_sizes_guide_the_regions_from_the_next_frame_on(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.analysis.size = (640, 360)
    assert running.analysis._current_rules().grid.cells == {}
    grid = learn_grid([(0.5, 0.5, 0.1, 0.3)])
    running.analysis.wish(SizesLearned("front", grid))
    running.analysis.wish(SizesLearned("back", learn_grid([])))
    running.run()
    assert running.analysis._current_rules().grid is grid


def test_a_deleted_object_is_discarded_at_once(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.analysis.wish(DeleteEvent(track().id))
    running.analysis.wish(DeleteEvent("1.0-nobody"))
    running.run()
    assert running.told == [EventDiscarded(track().id)]
    assert running.analysis._memory.events.objects[track().id].is_deleted


def test_a_running_event_that_is_called_false_ends_and_its_looks_are_remembered(
    tmp_path: Path,
) -> None:
    running = Running(tmp_path)
    analysis = running.analysis
    analysis.size = (WIDTH, HEIGHT)
    analysis._rules = compile_rules(analysis._config, WIDTH, HEIGHT)
    mine = replace(make_suppression(EVENT), id=track().id)
    other = replace(mine, id="1.0-nobody", camera="back")
    analysis.wish(SuppressionsChanged((mine, other)))
    analysis._grant_wishes()
    assert [h.change for h in running.told if isinstance(h, ObjectChanged)] == [Change.END]
    assert analysis._memory.events.objects == {}
    assert [one.id for one in analysis._current_rules().events.mistakes] == [mine.id]
    analysis.wish(SuppressionsChanged(()))
    analysis._grant_wishes()
    assert analysis._current_rules().events.mistakes == ()


def test_before_the_first_picture_nobody_says_what_stands_about(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.analysis.wish(ResidentsAsked(1, "front"))
    running.analysis.wish(ForgetResidents(2, "front", None))
    running.run()
    assert running.told == []


def test_a_camera_that_turned_away_is_away(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.analysis.wish(CameraTurned("front", is_home=False))
    running.run()
    assert running.analysis._memory.gaze.view is View.AWAY
