"""A disk that is full, ill, or gone: a gap says so, and recording comes back by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.small_disk import END_S, TROUBLES

ROOT = Path(__file__).parents[2]
WORDS = {
    "full": "No space left on device",
    "inodes": "No space left on device",
    "read-only": "Read-only file system",
    "vanished": "the volume is not mounted",
}


def record_in_trouble(trouble: str, folder: Path) -> dict[str, Any]:
    """What recorders told, from a process whose mounts nobody else sees."""
    assert os.geteuid() == 0, "this test mounts a small disk: run it as root"
    command = ["unshare", "--mount", sys.executable, "-m", "tests.support.small_disk"]
    done = subprocess.run(
        [*command, trouble, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_of_a_disk_is_a_gap_and_recording_comes_back(tmp_path: Path, trouble: str) -> None:
    told = record_in_trouble(trouble, tmp_path)
    (gap,) = told["sick"]["gaps"]
    assert gap["reason"] == "disk"
    assert WORDS[trouble] in gap["detail"]
    assert gap["start"] == pytest.approx(10)
    assert gap["end"] == pytest.approx(25)  # what waited when the trouble ended is written

    rows = told["sick"]["segments"]
    assert all(row["is_closed"] for row in rows)
    assert (rows[0]["start"], rows[-1]["end"]) == (0, pytest.approx(END_S))
    recorded_s = sum(row["end"] - row["start"] for row in rows)
    assert recorded_s == pytest.approx(END_S - (gap["end"] - gap["start"]))

    listed = {row["path"]: row["size"] for row in rows}
    assert told["files"].items() <= listed.items()  # no half file, none that nobody knows
    assert len(told["files"]) == (1 if trouble == "vanished" else len(rows))
    assert told["below"] == {}  # nothing was written where the disk should be


@pytest.mark.parametrize("trouble", ["full", "vanished"])
def test_another_disk_does_not_notice(tmp_path: Path, trouble: str) -> None:
    told = record_in_trouble(trouble, tmp_path)["healthy"]
    assert told["gaps"] == []
    assert [row["end"] - row["start"] for row in told["segments"]] == pytest.approx([10, 10, 10, 2])
