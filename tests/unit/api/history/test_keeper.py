from __future__ import annotations

import threading
from pathlib import Path

import pytest

from picket.api.history.files import KEPT_DAYS, append_minute, read_minutes
from picket.api.history.keeper import StatsHistory
from tests.support.index_samples import NOON
from tests.support.servers import wait_for


class Clocked:
    """A history whose time is the test's."""

    def __init__(self, folder: Path) -> None:
        self.now = NOON
        self.history = StatsHistory(folder, lambda: self.now)

    def sample(self, after_s: float, value: float) -> None:
        self.now = NOON + after_s
        self.history.add({"cameras/front/fps": value})


def test_minutes_outlive_a_restart(tmp_path: Path) -> None:
    before = Clocked(tmp_path / "statistics")
    for after_s, value in ((0, 4.0), (10, 6.0), (60, 9.0), (120, 1.0)):
        before.sample(after_s, value)
    after = Clocked(tmp_path / "statistics")
    after.history.load()
    assert after.history.steps(NOON, 60.0, 3) == {"cameras/front/fps": [5.0, 9.0, None]}


def test_of_the_last_hour_every_sample_is_known(tmp_path: Path) -> None:
    clocked = Clocked(tmp_path)
    clocked.sample(0, 4.0)
    clocked.sample(10, 6.0)
    assert clocked.history.steps(NOON, 10.0, 2) == {"cameras/front/fps": [4.0, 6.0]}
    clocked.now += 7200
    assert clocked.history.steps(NOON, 10.0, 2) == {}


def test_days_that_are_long_past_are_removed(tmp_path: Path) -> None:
    for day in range(6):
        append_minute(tmp_path, NOON + 86_400 * day, {"a": day})
    assert len(list(tmp_path.iterdir())) == KEPT_DAYS
    assert [values["a"] for _, values in read_minutes(tmp_path)] == [3, 4, 5]


def test_a_torn_line_costs_its_minute_only(tmp_path: Path) -> None:
    append_minute(tmp_path, NOON, {"a": 1.234})
    (file,) = tmp_path.iterdir()
    with file.open("a") as torn:
        torn.write('[1705320060,{"a"\nnull\n[1,2]\n')
    append_minute(tmp_path, NOON + 120, {"a": 2.0})
    assert list(read_minutes(tmp_path)) == [(NOON, {"a": 1.23}), (NOON + 120, {"a": 2.0})]


def test_a_folder_that_cannot_be_written_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "statistics").write_text("a file")
    clocked = Clocked(tmp_path / "statistics")
    for minute in range(4):
        clocked.sample(60 * minute, 1.0)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert clocked.history.steps(NOON, 60.0, 1) == {"cameras/front/fps": [1.0]}


def test_samples_are_taken_until_asked_to_stop(tmp_path: Path) -> None:
    stop, taken = threading.Event(), list[int]()
    history = StatsHistory(tmp_path, lambda: 9.999 + len(taken) * 10)

    def sample() -> dict[str, float]:
        taken.append(1)
        return {}

    thread = threading.Thread(target=history.run, args=(sample, stop))
    thread.start()
    try:
        wait_for(lambda: len(taken) >= 2, 10, "samples")
    finally:
        stop.set()
        thread.join(20)
