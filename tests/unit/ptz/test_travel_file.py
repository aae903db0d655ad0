from __future__ import annotations

from pathlib import Path

import pytest

from picket.ptz.travel import Travel
from picket.ptz.travel_file import read_travel, write_travel

TRAVEL = Travel(0.4, 1.5, 0.7)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "movements" / "gate.json"
    write_travel(file, TRAVEL)
    assert read_travel(file) == TRAVEL
    assert [one.name for one in file.parent.iterdir()] == ["gate.json"]


def test_nothing_was_measured_yet(tmp_path: Path) -> None:
    assert read_travel(tmp_path / "gate.json") is None


@pytest.mark.parametrize("text", ["", "[]", '{"pause_s": "soon"}', "{}"])
def test_a_spoilt_file_is_a_camera_that_was_not_measured(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "gate.json"
    file.write_text(text)
    assert read_travel(file) is None
    assert "is not known any more" in caplog.text


def test_a_disk_that_takes_nothing_is_complained_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "movements").write_text("no folder")
    write_travel(tmp_path / "movements" / "gate.json", TRAVEL)
    assert "is forgotten with the next start" in caplog.text
