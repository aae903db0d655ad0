"""Exports of real footage, judged by ffprobe and ffmpeg."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.errors import ConfigError, NotFound
from picket.domain.export import Export, Playback
from picket.record.exports.job import write_export
from picket.record.exports.watch import ExportStopped, Watch
from tests.support.footage import Footage, duration_s, is_fast_start, make_footage
from tests.support.index_samples import make_export
from tests.support.servers import decode_errors, probe_errors


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Footage]:
    made = make_footage(tmp_path_factory.mktemp("footage"))
    yield made
    made.db.close()


@pytest.fixture(autouse=True)
def _empty(footage: Footage) -> None:
    for path in footage.media.exports.iterdir():
        path.unlink()


def wanted(footage: Footage, playback: Playback = Playback.REALTIME, skip_s: float = 0) -> Export:
    return make_export(
        start_time=footage.start_time + skip_s, end_time=footage.end_time, playback=playback
    )


def test_a_realtime_export_is_the_footage_itself(footage: Footage) -> None:
    export, watch = wanted(footage, skip_s=9), Watch()
    file = write_export(export, footage.tools, watch)
    assert file == footage.media.exports / "in_progress.front@0.mp4"
    assert probe_errors(file) == decode_errors(file) == ""
    assert duration_s(file) == pytest.approx(export.end_time - export.start_time, abs=2)
    assert is_fast_start(file)


def test_a_timelapse_is_25_times_as_fast_and_silent(footage: Footage) -> None:
    export, watch = wanted(footage, Playback.TIMELAPSE), Watch()
    file = write_export(export, footage.tools, watch)
    assert probe_errors(file) == decode_errors(file) == ""
    assert duration_s(file) == pytest.approx((export.end_time - export.start_time) / 25, abs=0.3)
    assert is_fast_start(file)
    assert b"soun" not in file.read_bytes()
    assert watch.progress == 1.0


@pytest.mark.parametrize("playback", list(Playback))
def test_what_an_earlier_life_left_is_replaced(footage: Footage, playback: Playback) -> None:
    left = footage.media.exports / "in_progress.front@0.mp4"
    left.write_bytes(b"half")
    file = write_export(wanted(footage, playback), footage.tools, Watch())
    assert file == left
    assert decode_errors(file) == ""


class StopsWhen(Watch):
    """Stops itself as soon as a condition holds; notes what the folder held then."""

    def __init__(self, footage: Footage, condition: Callable[[], bool]) -> None:
        super().__init__()
        self._footage = footage
        self._condition = condition
        self.exports: list[str] = []

    def check(self) -> None:
        if self._condition():
            self.exports = self._footage.exports()
            self.stop()
        super().check()


@pytest.mark.parametrize("playback", list(Playback))
def test_nothing_is_left_of_one_that_is_stopped_in_the_middle(
    footage: Footage, playback: Playback
) -> None:
    watch = StopsWhen(footage, lambda: footage.exports() != [])
    with pytest.raises(ExportStopped):
        write_export(wanted(footage, playback), footage.tools, watch)
    assert watch.exports == ["in_progress.front@0.mp4"]
    assert footage.exports() == []


@pytest.mark.parametrize("playback", list(Playback))
def test_one_can_be_stopped_while_it_is_planned(footage: Footage, playback: Playback) -> None:
    watch = StopsWhen(footage, lambda: True)
    with pytest.raises(ExportStopped):
        write_export(wanted(footage, playback), footage.tools, watch)
    assert watch.exports == footage.exports() == []


@pytest.mark.parametrize("playback", list(Playback))
def test_a_range_without_footage_fails_with_nothing_left(
    footage: Footage, playback: Playback
) -> None:
    empty = make_export(start_time=1.0, end_time=2.0, playback=playback)
    with pytest.raises(NotFound):
        write_export(empty, footage.tools, Watch())
    assert footage.exports() == []


def test_wrong_arguments_of_a_timelapse_leave_nothing(footage: Footage) -> None:
    tools = replace(footage.tools, timelapse_args=lambda _: "-vf 'open")
    with pytest.raises(ConfigError):
        write_export(wanted(footage, Playback.TIMELAPSE), tools, Watch())
    assert footage.exports() == []


def test_footage_that_is_deleted_meanwhile_fails_with_nothing_left(tmp_path: Path) -> None:
    footage = make_footage(tmp_path, loops=3)
    try:
        (*_, last) = sorted(footage.media.recordings.rglob("*.mp4"))
        last.unlink()
        with pytest.raises(NotFound, match="not on the disk"):
            write_export(wanted(footage), footage.tools, Watch())
        assert footage.exports() == []
    finally:
        footage.db.close()
