"""The keeper's side of exports over real footage; the test takes the keeper's turns."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from picket.config.load import parse_config
from picket.domain.export import Export, ExportState, Playback
from picket.ipc.changes import DeleteExport
from picket.runtime.keeper.export_commands import carry_out_export
from picket.runtime.keeper.exporter import NICENESS, Exporter, make_exporter
from picket.runtime.settings import Settings
from picket.store.database import Database
from picket.store.exports import find_export, list_exports, put_export
from tests.support.footage import TIMELAPSE_ARGS, Footage, make_footage
from tests.support.index_samples import NOON, make_export
from tests.support.servers import decode_errors, wait_for

PATIENCE_S = 60.0


@pytest.fixture
def footage(tmp_path: Path) -> Iterator[Footage]:
    made = make_footage(tmp_path, loops=3)
    yield made
    made.db.close()


@pytest.fixture
def exporter(footage: Footage) -> Iterator[Exporter]:
    made = Exporter(footage.db, footage.tools, lambda: NOON)
    yield made
    made.stop()


def queued(footage: Footage, number: int = 0, **changes: object) -> Export:
    span = {"start_time": footage.start_time, "end_time": footage.end_time}
    export = make_export(number, **{**span, **changes})
    put_export(footage.db, export)
    return export


def row(footage: Footage, export: Export) -> Export:
    found = find_export(footage.db, export.id)
    assert found is not None
    return found


def turns_until(exporter: Exporter, footage: Footage, export: Export, state: ExportState) -> Export:
    """Take the keeper's turns until an export is in that state."""

    def look() -> Export | None:
        exporter.turn()
        found = row(footage, export)
        if found.state is state:
            return found
        assert found.is_active, found
        return None

    return wait_for(look, PATIENCE_S, f"export that is {state}")


def test_what_is_queued_becomes_a_file(footage: Footage, exporter: Exporter) -> None:
    export = queued(footage)
    exporter.turn()
    assert row(footage, export).state is ExportState.RUNNING
    done = turns_until(exporter, footage, export, ExportState.DONE)
    assert footage.exports() == [export.name]
    file = footage.media.exports / export.name
    assert decode_errors(file) == ""
    assert (done.progress, done.finished_time, done.error) == (1.0, NOON, "")
    assert done.size_bytes == file.stat().st_size


def test_one_runs_at_a_time_and_the_oldest_first(footage: Footage, exporter: Exporter) -> None:
    second, first = queued(footage, 2), queued(footage, 1, playback=Playback.TIMELAPSE)
    states = []
    while row(footage, second).state is not ExportState.DONE:
        exporter.turn()
        states.append((row(footage, first).state, row(footage, second).state))
    assert (ExportState.RUNNING, ExportState.RUNNING) not in states
    assert (ExportState.DONE, ExportState.RUNNING) in states


def test_a_failure_is_written_down_and_the_next_one_runs(
    footage: Footage, exporter: Exporter, caplog: pytest.LogCaptureFixture
) -> None:
    empty = queued(footage, 1, start_time=1.0, end_time=2.0)
    export = queued(footage, 2)
    turns_until(exporter, footage, export, ExportState.DONE)
    failed = row(footage, empty)
    assert (failed.state, failed.finished_time) == (ExportState.FAILED, NOON)
    assert failed.error == "No recordings found."
    assert footage.exports() == [export.name]
    assert failed.name in caplog.text


def test_a_disk_that_refuses_is_a_failure_with_its_reason(
    footage: Footage, exporter: Exporter
) -> None:
    exporter.turn()
    (footage.media.exports / "in_progress.front@0.mp4").mkdir()
    export = queued(footage, name="front_0.mp4")
    failed = turns_until(exporter, footage, export, ExportState.FAILED)
    assert failed.error.startswith("the file cannot be written: ")


def test_a_running_one_is_stopped_and_leaves_nothing(footage: Footage, gate: Gate) -> None:
    exporter = gate.exporter
    export, following = queued(footage, 1, playback=Playback.TIMELAPSE), queued(footage, 2)
    exporter.turn()
    gate.wait_until_reached()
    carry_out_export(footage.db, footage.media.exports, DeleteExport(export.id, NOON))
    exporter.turn()
    gate.open()
    turns_until(exporter, footage, following, ExportState.DONE)
    assert row(footage, export).state is ExportState.CANCELLED
    assert footage.exports() == [following.name]
    assert not gate.was_passed  # it did not come to encoding


def test_one_that_is_stopped_when_it_is_whole_leaves_nothing(
    footage: Footage, exporter: Exporter
) -> None:
    export = queued(footage)
    exporter.turn()
    wait_until_no_job_runs()
    assert footage.exports() == ["in_progress.front@0.mp4"]
    carry_out_export(footage.db, footage.media.exports, DeleteExport(export.id, NOON))
    exporter.turn()
    assert footage.exports() == []
    assert row(footage, export).state is ExportState.CANCELLED


def test_one_that_is_forgotten_while_it_runs_leaves_nothing(footage: Footage, gate: Gate) -> None:
    export = queued(footage)
    gate.exporter.turn()
    gate.wait_until_reached()
    for _ in range(2):
        carry_out_export(footage.db, footage.media.exports, DeleteExport(export.id, NOON))
    gate.exporter.turn()
    gate.open()
    wait_until_no_job_runs()
    gate.exporter.turn()
    assert (footage.exports(), list_exports(footage.db)) == ([], [])


@pytest.mark.parametrize("playback", list(Playback))
def test_what_a_kill_interrupted_begins_anew(footage: Footage, playback: Playback) -> None:
    export = queued(footage, state=ExportState.RUNNING, progress=0.5, playback=playback)
    (footage.media.exports / "in_progress.front@0.mp4").write_bytes(b"half")
    cancelled = queued(footage, 1, state=ExportState.CANCELLED)
    (footage.media.exports / "in_progress.front@1.mp4").write_bytes(b"half")
    exporter = Exporter(footage.db, footage.tools, lambda: NOON)
    exporter.turn()
    assert row(footage, export).progress == 0.0
    turns_until(exporter, footage, export, ExportState.DONE)
    assert footage.exports() == [export.name]
    assert decode_errors(footage.media.exports / export.name) == ""
    assert row(footage, cancelled) == cancelled


def test_a_kill_after_the_last_byte_costs_nothing(footage: Footage) -> None:
    export = queued(footage, state=ExportState.RUNNING, progress=0.99)
    (footage.media.exports / export.name).write_bytes(b"whole")
    Exporter(footage.db, footage.tools, lambda: NOON).turn()
    done = row(footage, export)
    assert (done.state, done.progress, done.size_bytes) == (ExportState.DONE, 1.0, 5)
    assert (footage.media.exports / export.name).read_bytes() == b"whole"


def test_the_programs_end_stops_a_job_that_begins_anew_later(footage: Footage, gate: Gate) -> None:
    export = queued(footage)
    gate.exporter.turn()
    gate.wait_until_reached()
    gate.open()
    gate.exporter.stop()
    assert row(footage, export).state is ExportState.RUNNING
    assert footage.exports() in ([], ["in_progress.front@0.mp4"])
    later = Exporter(footage.db, footage.tools, lambda: NOON)
    turns_until(later, footage, export, ExportState.DONE)


def test_a_file_that_came_meanwhile_is_not_overwritten(footage: Footage, gate: Gate) -> None:
    export = queued(footage)
    gate.exporter.turn()
    gate.wait_until_reached()
    (footage.media.exports / export.name).write_bytes(b"precious")
    gate.open()
    done = turns_until(gate.exporter, footage, export, ExportState.DONE)
    assert done.name == "front_0_2.mp4"
    assert footage.exports() == ["front_0.mp4", "front_0_2.mp4"]
    assert (footage.media.exports / "front_0.mp4").read_bytes() == b"precious"


def test_a_job_lets_everybody_else_go_first(footage: Footage, gate: Gate) -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    queued(footage)
    gate.exporter.turn()
    gate.wait_until_reached()
    assert gate.niceness == NICENESS
    assert gate.io_class == psutil.IOPRIO_CLASS_IDLE
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
    gate.open()


def test_a_camera_that_left_the_file_can_still_be_exported(footage: Footage) -> None:
    source = {"path": "rtsp://back/1", "roles": ["detect"]}
    config = parse_config({"cameras": {"back": {"ffmpeg": {"inputs": [source]}}}})
    folder = footage.media.media.parent
    settings = Settings(
        config, folder / "config.yml", footage.media, folder / "index.db", "127.0.0.1", 0, NOON
    )
    export = queued(footage, playback=Playback.TIMELAPSE)
    turns_until(make_exporter(footage.db, settings), footage, export, ExportState.DONE)


def test_a_database_that_refuses_is_asked_again_after_a_minute(
    footage: Footage, caplog: pytest.LogCaptureFixture
) -> None:
    now = [NOON]
    exporter = Exporter(footage.db, footage.tools, lambda: now[0])
    export = queued(footage)
    footage.db.execute("ALTER TABLE export RENAME TO hidden")
    exporter.turn()
    footage.db.execute("ALTER TABLE hidden RENAME TO export")
    assert "exports wait" in caplog.text
    now[0] += 59
    exporter.turn()
    assert row(footage, export).state is ExportState.QUEUED
    now[0] += 1
    turns_until(exporter, footage, export, ExportState.DONE)


class Gate:
    """An exporter whose job waits in the middle, and notes how it was set to run."""

    def __init__(self, footage: Footage) -> None:
        self._open_index = footage.tools.open_index
        self._reached, self._opened = threading.Event(), threading.Event()
        tools = replace(footage.tools, open_index=self._pass, timelapse_args=self._note)
        self.exporter = Exporter(footage.db, tools, lambda: NOON)
        self.niceness = 0
        self.io_class = 0
        self.was_passed = False  # by a timelapse whose footage was planned

    def wait_until_reached(self) -> None:
        assert self._reached.wait(PATIENCE_S)

    def open(self) -> None:
        self._opened.set()

    def _note(self, _: str) -> str:
        self.was_passed = True
        return TIMELAPSE_ARGS

    def _pass(self) -> Database:
        self.niceness = os.getpriority(os.PRIO_PROCESS, 0)
        self.io_class = psutil.Process(threading.get_native_id()).ionice().ioclass
        self._reached.set()
        assert self._opened.wait(PATIENCE_S)
        return self._open_index()


@pytest.fixture
def gate(footage: Footage) -> Iterator[Gate]:
    made = Gate(footage)
    yield made
    made.open()
    made.exporter.stop()
    wait_until_no_job_runs()


def wait_until_no_job_runs() -> None:
    wait_for(
        lambda: all(thread.name != "export" for thread in threading.enumerate()),
        PATIENCE_S,
        "end of the job",
    )
