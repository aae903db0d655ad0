"""What the demonstration puts where the program reads it; drawing the scene is in tests/e2e."""

from __future__ import annotations

from pathlib import Path

import pytest

from picket.config.load import load_config
from picket.demo.setup import prepare_demo
from picket.domain.errors import ConfigError


@pytest.fixture
def video(tmp_path: Path) -> Path:
    file = tmp_path / "my video.mp4"
    file.write_bytes(b"any")
    return file


def test_the_file_is_a_good_configuration_that_plays_the_video(tmp_path: Path, video: Path) -> None:
    config = load_config(prepare_demo(tmp_path / "demo", video), {})
    (camera,) = config.cameras.values()
    (source,) = camera.ffmpeg.inputs
    assert source.path == str(video)
    assert set(source.roles) == {"detect", "record"}
    assert camera.record.enabled
    assert camera.snapshots.enabled


def test_a_relative_path_is_made_absolute(
    tmp_path: Path, video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = load_config(prepare_demo(tmp_path / "demo", Path(video.name)), {})
    assert config.cameras["yard"].ffmpeg.inputs[0].path == str(video)


@pytest.mark.parametrize("name", ["it's #1: a 'test'.mp4", 'a "b" {c}.mp4', "x: [y, z].mp4"])
def test_any_name_of_a_video_will_do(tmp_path: Path, name: str) -> None:
    video = tmp_path / name
    video.write_bytes(b"any")
    config = load_config(prepare_demo(tmp_path / "demo", video), {})
    assert config.cameras["yard"].ffmpeg.inputs[0].path == str(video)


def test_it_may_be_prepared_again(tmp_path: Path, video: Path) -> None:
    first = prepare_demo(tmp_path / "demo", video)
    text = first.read_text()
    assert prepare_demo(tmp_path / "demo", video).read_text() == text


def test_a_scene_that_was_drawn_once_is_kept(tmp_path: Path) -> None:
    scene = tmp_path / "scene.mp4"
    scene.write_bytes(b"drawn before")
    config = load_config(prepare_demo(tmp_path, None), {})
    assert config.cameras["yard"].ffmpeg.inputs[0].path == str(scene)
    assert scene.read_bytes() == b"drawn before"


def test_a_video_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.mp4"):
        prepare_demo(tmp_path / "demo", tmp_path / "nothing.mp4")
    assert not (tmp_path / "demo").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, video: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ConfigError, match=r"taken/demo"):
        prepare_demo(tmp_path / "taken" / "demo", video)
