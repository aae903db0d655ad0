"""The command line: exit status and what is printed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from picket import __version__
from picket.cli import main
from tests.support.ground_truth import DATA

GOOD = """
cameras:
  yard:
    ffmpeg: {inputs: [{path: "rtsp://admin:hunter2@10.0.0.5/1", roles: [detect, record]}]}
"""

BAD = """
detect:
  fps: many
cameras:
  yard:
    ffmpeg: {inputs: [{path: "rtsp://admin:hunter2@10.0.0.5/1", roles: [detect]}]}
    recrod: {enabled: true}
  gate:
    zones: {}
"""


def written(folder: Path, text: str) -> str:
    file = folder / "config.yml"
    file.write_text(text)
    return str(file)


def test_a_good_file_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, GOOD)
    assert main(["check", file]) == 0
    assert f"{file}: good: 1 cameras (yard)" in capsys.readouterr().out


def test_every_problem_is_told_with_file_line_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, BAD)
    assert main(["check", file]) == 1
    said = capsys.readouterr()
    for line, key in ((3, "detect.fps"), (7, "cameras.yard.recrod"), (8, "cameras.gate.ffmpeg")):
        assert f"{file}:{line}: {key}: " in said.err
    assert "hunter2" not in said.out + said.err


def test_a_detector_that_is_not_built_is_refused_with_its_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, GOOD + "detectors: {jetson: {type: tensorrt}}\n")
    assert main(["check", file]) == 1
    assert f"{file}: detectors.jetson.type: tensorrt is not part" in capsys.readouterr().err


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "/nowhere/config.yml"]) == 1
    assert "/nowhere/config.yml" in capsys.readouterr().err


def test_run_refuses_a_bad_file_before_it_starts_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    media = tmp_path / "media"
    assert main(["run", "--config", written(tmp_path, BAD), "--media", str(media)]) == 1
    assert "detect.fps" in capsys.readouterr().err
    assert not media.exists()


def test_demo_refuses_a_video_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--media", str(tmp_path), "--video", "/nowhere/v.mp4"]) == 1
    assert "/nowhere/v.mp4" in capsys.readouterr().err


def test_the_list_of_models_shows_which_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(DATA / "models" / "yolox_nano.onnx", tmp_path)
    (tmp_path / "FastestDet.onnx").write_bytes(b"half a download")
    assert main(["models", "list", "--folder", str(tmp_path)]) == 0
    states = dict(line.split()[:2] for line in capsys.readouterr().out.splitlines())
    assert states["yolox-nano"] == "ready"
    assert states["fastestdet"] == "damaged"
    assert states["ssd-mobilenet-v1"] == "missing"


def test_verify_succeeds_only_when_every_named_model_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(DATA / "models" / "yolox_nano.onnx", tmp_path)
    folder = ["--folder", str(tmp_path)]
    assert main(["models", "verify", "yolox-nano", *folder]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert main(["models", "verify", "yolox-nano", "fastestdet", *folder]) == 1


def test_an_unknown_model_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "verify", "yolo-giant"]) == 1
    assert "yolo-giant" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out.strip() == f"picket {__version__}"


def test_no_command_is_a_mistake_of_the_caller(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "COMMAND" in capsys.readouterr().err


def test_repair_wants_a_media_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = ["--media", str(tmp_path / "none"), "--database", str(tmp_path / "index.db")]
    assert main(["repair", *places]) == 1
    assert "mount it" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_repair_wants_an_index_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'database: {{url: "postgresql://nvr:hush@db/index"}}\n{GOOD}'
    file = written(tmp_path, text)
    assert main(["repair", "--config", file, "--media", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "--database" in said
    assert "hush" not in said


def test_repair_prints_its_plan_and_what_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = ["--media", str(tmp_path), "--database", str(tmp_path / "index.db")]
    assert main(["repair", *places]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"0 recordings in the index of {tmp_path}"
    assert said[-1].startswith("done: 0 files entered")


def test_import_wants_a_database_of_frigates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = ["--media", str(tmp_path), "--database", str(tmp_path / "index.db")]
    assert main(["import-frigate", "--from", str(tmp_path / "frigate.db"), *places]) == 1
    assert "Frigate" in capsys.readouterr().err
