"""Detectors that hang, die or cannot start: cameras say so, record on, and see again."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from picket.store.database import open_database
from picket.store.segments import footage_end
from tests.support.footage_audit import EVER
from tests.support.servers import DATA, Picket, running_picket, wait_for

MODEL = DATA / "models" / "FastestDet.onnx"
STREET = DATA / "videos" / "street_people_gt.mp4"
WAIT_S = 90.0


def configuration(model: Path) -> str:
    """Two cameras that look at people who walk by without end."""
    cameras = "".join(
        f"  {name}:\n    ffmpeg: {{inputs: [{{path: '{STREET}', roles: [detect, record]}}]}}\n"
        for name in ("street", "pavement")
    )
    return (
        "mqtt: {enabled: false}\n"
        f"detectors: auto\nmodel: {{path: {model}, model_type: fastestdet}}\n"
        "detect: {fps: 5}\n"
        "record: {enabled: true, retain: {days: 1, mode: all}}\n"
        f"cameras:\n{cameras}"
    )


@pytest.fixture
def picket(tmp_path: Path) -> Iterator[Picket]:
    with running_picket(tmp_path, configuration(MODEL)) as running:
        yield running


def cameras(picket: Picket) -> dict[str, Any]:
    found: dict[str, Any] = (picket.json("/api/stats") or {}).get("cameras", {})
    return found


def all_see(picket: Picket) -> bool:
    """Every camera's regions are looked at."""
    found = cameras(picket).values()
    return bool(found) and all(one["detection_fps"] > 0 and not one["is_blind"] for one in found)


def all_blind(picket: Picket, reason: str) -> dict[str, Any] | None:
    """The cameras when every one says that it sees nothing, for this reason."""
    found = cameras(picket)
    is_so = all(one["is_blind"] and reason in one["blind_reason"] for one in found.values())
    return found if found and is_so else None


def recorded_until(folder: Path) -> float:
    """End of the footage of the camera that has least."""
    db = open_database(folder / "picket.db", read_only=True)
    try:
        return min(footage_end(db, name, EVER[1]) or 0.0 for name in ("street", "pavement"))
    finally:
        db.close()


def detector_pid(picket: Picket) -> int:
    return int(picket.json("/api/stats")["detectors"]["auto"]["pid"])


@pytest.mark.parametrize("blow", [signal.SIGSTOP, signal.SIGKILL])
def test_a_detector_that_hangs_or_dies_is_started_again_and_footage_goes_on(
    picket: Picket, tmp_path: Path, blow: signal.Signals
) -> None:
    wait_for(lambda: all_see(picket), WAIT_S, "sight")
    told = picket.json("/api/stats")["detectors"]["auto"]
    assert told["model"] == "FastestDet"
    assert told["runs"].split(",")[0] in {"onnx", "openvino"}
    old, before = detector_pid(picket), recorded_until(tmp_path)
    os.kill(old, blow)
    if blow is signal.SIGSTOP:  # who dies is back before anybody could be called blind
        blind = wait_for(lambda: all_blind(picket, "hangs"), WAIT_S, "blindness")
        assert all(one["blind_since"] > 0 for one in blind.values())
    wait_for(lambda: detector_pid(picket) != old, WAIT_S, "a new detector")
    wait_for(lambda: all_see(picket), WAIT_S, "sight again")
    wait_for(lambda: recorded_until(tmp_path) > before + 5, WAIT_S, "footage")
    if blow is signal.SIGSTOP:
        assert "process detector:auto hangs; killed" in picket.log.read_text()


def test_a_model_that_comes_late_is_used_as_soon_as_it_is_there(tmp_path: Path) -> None:
    model = tmp_path / "late.onnx"
    with running_picket(tmp_path, configuration(model)) as picket:
        wait_for(lambda: all_blind(picket, "has not started"), WAIT_S, "blindness")
        wait_for(lambda: recorded_until(tmp_path) > 0, WAIT_S, "footage")
        log = wait_for(
            lambda: picket.log.read_text() if "is blind" in picket.log.read_text() else None,
            WAIT_S,
            "a line in the log",
        )
        assert f"model.path {model} is no file: set it to" in log
        assert "Traceback" not in log
        shutil.copyfile(MODEL, model)
        wait_for(lambda: all_see(picket), WAIT_S, "sight")
