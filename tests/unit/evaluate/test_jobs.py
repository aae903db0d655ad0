from __future__ import annotations

from pathlib import Path

import pytest

from picket.domain.errors import ConfigError
from picket.evaluate.jobs import Wish, find_jobs, plain_camera, with_events

VIDEO = Path("clips/yard.mp4")
CONFIG = """
detectors: {main: {type: onnx}}
model: {path: /models/a.onnx}
cameras:
  yard:
    ffmpeg: {inputs: [{path: "clips/yard.mp4", roles: [detect]}]}
  street:
    ffmpeg: {inputs: [{path: "rtsp://10.0.0.5/1", roles: [detect]}]}
    objects: {track: [car]}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.yml"
    file.write_text(CONFIG)
    return file


def test_videos_alone_are_taken_for_a_plain_camera() -> None:
    jobs, detector = find_jobs(Wish((VIDEO,)), {})
    assert [(job.video, job.camera) for job in jobs] == [(VIDEO, None)]
    assert detector.type == "hog"


@pytest.mark.parametrize(
    ("file", "kind"), [("a.onnx", "openvino"), ("a.TFLITE", "cpu"), ("a.xml", "openvino")]
)
def test_a_model_file_says_what_runs_it(file: str, kind: str) -> None:
    _, detector = find_jobs(Wish((VIDEO,), model=Path(file)), {})
    assert (detector.type, detector.model.path) == (kind, file)


def test_the_type_of_the_detector_may_be_chosen() -> None:
    wish = Wish((VIDEO,), model=Path("a.onnx"), detector="onnx")
    assert find_jobs(wish, {})[1].type == "onnx"
    assert find_jobs(Wish((VIDEO,), detector="hog", model=Path("a.onnx")), {})[1].type == "hog"


@pytest.mark.parametrize(
    ("wish", "what"),
    [
        (Wish((VIDEO,), detector="onnx"), "--model"),
        (Wish((VIDEO,), model=Path("a.bin")), "--detector"),
        (Wish((Path("a.yml"), Path("b.yml"))), "name one"),
        (Wish((VIDEO, Path("other/yard.mkv"))), "2 videos are called yard"),
    ],
)
def test_words_that_do_not_fit_name_the_cure(wish: Wish, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        find_jobs(wish, {})


def test_a_configuration_alone_means_its_cameras_that_play_files(config: Path) -> None:
    jobs, detector = find_jobs(Wish((config,)), {})
    assert [(job.video, job.camera and job.camera.name) for job in jobs] == [(VIDEO, "yard")]
    assert (detector.type, detector.model.path) == ("onnx", "/models/a.onnx")


def test_videos_after_a_configuration_are_taken_for_one_of_its_cameras(config: Path) -> None:
    (job,), _ = find_jobs(Wish((config, Path("b.mp4")), camera="street"), {})
    assert job.video == Path("b.mp4")
    assert job.camera is not None
    assert job.camera.objects.track == ("car",)
    for camera in (None, "gate"):
        with pytest.raises(ConfigError, match=r"\['yard', 'street'\]"):
            find_jobs(Wish((config, Path("b.mp4")), camera=camera), {})


def test_the_model_of_a_configuration_can_be_run_by_another_detector(config: Path) -> None:
    _, detector = find_jobs(Wish((config,), detector="openvino"), {})
    assert (detector.type, detector.model.path) == ("openvino", "/models/a.onnx")
    _, other = find_jobs(Wish((config,), model=Path("b.tflite")), {})
    assert (other.type, other.model.path) == ("cpu", "b.tflite")


def test_auto_is_the_first_type_that_fits_and_measures_nothing(config: Path) -> None:
    config.write_text(CONFIG.replace("type: onnx", "type: auto"))
    assert find_jobs(Wish((config,)), {})[1].type == "openvino"
    config.write_text(CONFIG.replace("type: onnx", "type: auto").replace("/models/a.onnx", "null"))
    assert find_jobs(Wish((config,)), {})[1].type == "hog"


def test_a_configuration_without_files_says_what_to_add(config: Path) -> None:
    with pytest.raises(ConfigError, match="name videos after it"):
        find_jobs(Wish((config,), camera="street"), {})


def test_a_camera_that_keeps_nothing_is_made_to_store_events() -> None:
    camera = plain_camera(["dog"])
    assert camera.objects.track == ("dog",)
    assert camera.record.enabled
    assert with_events(camera) is camera
