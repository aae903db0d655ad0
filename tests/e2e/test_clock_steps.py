"""A machine's clock that is set while it records: no overlap, nothing overwritten, time rises.

The machine's time is simulated; the last test really fakes it, with Debian's libfaketime.
"""

from __future__ import annotations

import itertools
import tempfile
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.capture.clock import LONGEST_HOLD_S
from picket.capture.source import SourceSpec
from picket.domain.segment import GapReason
from tests.support.recordings import START
from tests.support.servers import running_picket, wait_for
from tests.support.zoo import Footage, SimulatedTime, pictures, play, run_ffmpeg, x264

HOUR_S = 3600.0
BOOT_TIME = 30.0  # 1970, half a minute after a boot without a battery


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> SourceSpec:
    """Ten seconds, played again and again."""
    file = tmp_path_factory.mktemp("clip") / "clip.ts"
    run_ffmpeg(*pictures(10, fps=5), *x264(5), file)
    return SourceSpec(str(file), is_file=True)


def assert_rises(footage: Footage) -> None:
    """Rows follow each other in time, and each has a file of its own."""
    for before, after in itertools.pairwise(footage.rows):
        assert after.start_time >= before.end_time - 1e-6
    assert len({row.path for row in footage.rows}) == len(footage.rows)
    for row in footage.rows:
        assert (footage.root / row.path).stat().st_size == row.size_bytes
    for gap in footage.gaps.values():
        assert gap.end_time is None or gap.end_time >= gap.start_time


def media_s(footage: Footage) -> float:
    return sum(row.duration_s for row in footage.rows)


@pytest.mark.parametrize("by_s", [-HOUR_S, HOUR_S, -30.0, 30.0])
def test_a_step_is_a_gap_with_its_reason(tmp_path: Path, spec: SourceSpec, by_s: float) -> None:
    footage = play(spec, tmp_path, SimulatedTime(30, steps=[(12.0, by_s)]))
    assert_rises(footage)
    (gap,) = footage.gaps.values()
    assert gap.reason is GapReason.CLOCK
    assert gap.start_time == pytest.approx(START + 12, abs=0.3)
    after = next(row for row in footage.rows if row.start_time >= gap.start_time)
    assert gap.end_time == after.start_time
    assert after.start_time == pytest.approx(START + 12.7 + max(by_s, 0), abs=0.3)
    assert media_s(footage) > 28


@pytest.mark.parametrize("start_time", [BOOT_TIME, START - HOUR_S + 60])
def test_a_clock_that_is_set_after_the_start_does_not_touch_what_was_recorded_before(
    tmp_path: Path, spec: SourceSpec, start_time: float
) -> None:
    """An hour of footage exists, the machine starts again and learns the time late."""
    before = play(spec, tmp_path, SimulatedTime(20, start_time=START - 20))
    right = START + 60 - start_time
    after = play(spec, tmp_path, SimulatedTime(30, start_time=start_time, steps=[(12.0, right)]))
    both = Footage(tmp_path, {**before.segments, **after.segments}, after.gaps)
    assert_rises(both)
    assert after.rows[0].start_time == pytest.approx(START, abs=0.5)
    assert after.rows[-1].end_time == pytest.approx(START + 60 + 30, abs=0.5)
    assert [gap.reason for gap in after.gaps.values()] == [GapReason.CLOCK]


def test_a_clock_that_goes_back_far_is_believed_and_counts_from_then_on(
    tmp_path: Path, spec: SourceSpec, caplog: pytest.LogCaptureFixture
) -> None:
    steps = [(12.0, -5 * HOUR_S), (30.0, -HOUR_S)]
    footage = play(spec, tmp_path, SimulatedTime(50, steps=steps))
    before = [row for row in footage.rows if row.start_time >= START]
    after = [row for row in footage.rows if row.start_time < START]
    assert after[0].start_time == pytest.approx(START + 12.7 - 5 * HOUR_S, abs=0.5)
    assert after[-1].end_time < START - 4 * HOUR_S  # the second step was held
    for rows in (before, after):
        assert_rises(Footage(tmp_path, {row.id: row for row in rows}))
    assert media_s(footage) > 47
    (believed,) = [message for message in caplog.messages if "believed" in message]
    assert "5.0 h behind" in believed


def test_a_first_start_without_a_clock_records_in_1970_until_it_is_told(
    tmp_path: Path, spec: SourceSpec
) -> None:
    time = SimulatedTime(30, start_time=BOOT_TIME, steps=[(12.0, START)])
    footage = play(spec, tmp_path, time)
    assert_rises(footage)
    assert footage.rows[0].path.startswith("1970-01-01/00/front/00.30")
    assert footage.rows[-1].path.startswith("2024-01-15/12/front/")


def deepest_fall_s(steps: list[tuple[float, float]]) -> float:
    """How far the machine's clock is ever behind where it was once."""
    stands = [0.0, *itertools.accumulate(by_s for _, by_s in sorted(steps))]
    peaks = itertools.accumulate(stands, max)
    return max(peak - stand for peak, stand in zip(peaks, stands, strict=True))


WITHIN_HOLD_S = LONGEST_HOLD_S - 60  # a fall beyond it is believed


@given(
    steps=st.lists(
        st.tuples(st.floats(1, 38), st.floats(-5000, 5000)), min_size=1, max_size=4
    ).filter(lambda steps: deepest_fall_s(steps) < WITHIN_HOLD_S)
)
@settings(max_examples=15, deadline=None)
def test_however_the_clock_is_set_time_rises_and_little_is_lost(
    spec: SourceSpec, steps: list[tuple[float, float]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        footage = play(spec, Path(folder), SimulatedTime(40, steps=steps))
        assert_rises(footage)
        assert media_s(footage) > 40 - 3.5 * len(steps)  # after quick steps the reader backs off
        assert {gap.reason for gap in footage.gaps.values()} <= {GapReason.CLOCK}


def test_summer_time_means_nothing_to_files_and_rows(
    tmp_path: Path, spec: SourceSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    end_of_summer_time = 1_729_990_800.0  # 2024-10-27 01:00 UTC, 3:00 becomes 2:00 in Berlin
    footage = play(spec, tmp_path, SimulatedTime(30, start_time=end_of_summer_time - 15))
    assert_rises(footage)
    assert footage.gaps == {}
    assert {row.path[:13] for row in footage.rows} == {"2024-10-27/00", "2024-10-27/01"}


LIBFAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
"""Debian's `faketime`, which scripts/setup.sh installs."""


def test_a_program_whose_machine_goes_back_an_hour_records_on(tmp_path: Path) -> None:
    clip, offset = tmp_path / "clip.mp4", tmp_path / "offset"
    run_ffmpeg(*pictures(30, fps=5, size="320x180"), *x264(5), clip)
    offset.write_text("+0\n")
    assert LIBFAKETIME.exists(), "install Debian's package faketime"
    faked = {
        "LD_PRELOAD": str(LIBFAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    config = (
        "mqtt: {enabled: false}\n"
        "record: {enabled: true, retain: {days: 1, mode: all}}\n"
        "cameras:\n  front:\n"
        f"    ffmpeg: {{inputs: [{{path: '{clip}', roles: [detect, record]}}]}}\n"
        "    detect: {width: 320, height: 180, fps: 5, enabled: false}\n"
    )
    with running_picket(tmp_path, config, faked) as picket:
        whole = f"after=0&before={4e9:.0f}"  # by default nothing after the clock's now is shown
        list_rows = partial(picket.json, f"/api/front/recordings?{whole}")
        list_gaps = partial(picket.json, f"/api/gaps?camera=front&{whole}")
        wait_for(list_rows, 60, "first segment")
        offset.write_text("-3600\n")
        gaps = wait_for(lambda: ended(list_gaps()), 40, "gap that ended")
        (gap,) = [gap for gap in gaps if gap["reason"] == "clock_step"]
        rows = wait_for(lambda: beyond(list_rows(), gap["end_time"]), 40, "segment after the gap")
        for before, after in itertools.pairwise(sorted(rows, key=itemgetter("start_time"))):
            assert after["start_time"] >= before["end_time"]
        assert gap["end_time"] - gap["start_time"] < 5
        picket.stop()


def ended(gaps: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    return [gap for gap in gaps or [] if gap["end_time"] is not None]


def beyond(rows: list[dict[str, Any]] | None, time: float) -> list[dict[str, Any]]:
    """The rows, once one of them begins at that time or later."""
    return [*(rows or [])] if any(row["start_time"] >= time for row in rows or []) else []
