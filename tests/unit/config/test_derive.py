from __future__ import annotations

import pytest

from picket.config.derive import as_list
from picket.config.detect import DetectConfig, StationaryConfig
from picket.config.detectors import DetectorConfig
from tests.unit.config.samples import config


def test_a_camera_knows_its_name_and_stream() -> None:
    camera = config().cameras["front"]
    assert (camera.name, camera.live.stream_name) == ("front", "front")
    assert config({"live": {"stream_name": "x"}}).cameras["front"].live.stream_name == "x"


@pytest.mark.parametrize(
    ("written", "forced"),
    [
        (["detect"], ("record", "detect")),
        ([], ("record", "detect")),
        (["rtmp", "audio"], ("record", "detect", "audio", "rtmp")),
    ],
)
def test_a_single_stream_records_and_detects(written: list[str], forced: tuple[str, ...]) -> None:
    camera = config({"ffmpeg": {"inputs": [{"path": "rtsp://h", "roles": written}]}})
    assert camera.cameras["front"].ffmpeg.inputs[0].roles == forced


def test_what_the_file_says_is_remembered() -> None:
    camera = config({"record": {"enabled": True}}).cameras["front"]
    assert camera.record.enabled_in_config is True
    assert camera.audio.enabled_in_config is False
    assert camera.onvif.autotracking.enabled_in_config is False
    assert config().record.enabled_in_config is None


def test_every_tracked_label_has_a_filter_with_all_its_masks() -> None:
    objects = {
        "track": ["person", "car"],
        "mask": "0,0,1,0,1,1",
        "filters": {"car": {"mask": ["5,5,6,5,6,6"]}},
    }
    filters = config({"objects": objects}).cameras["front"].objects.filters
    assert filters["person"].mask == ("0,0,1,0,1,1",)
    assert filters["car"].mask == ("5,5,6,5,6,6", "0,0,1,0,1,1")
    assert config().cameras["front"].objects.filters["person"].mask is None


def test_empty_masks_are_none() -> None:
    assert as_list("") == as_list(None) == as_list(("", " ")) == ()


def test_lifetimes_follow_the_frame_rate() -> None:
    detect = DetectConfig(fps=5)
    assert (detect.min_initialized, detect.max_disappeared) == (2.5, 25)
    assert (detect.stationary.interval, detect.stationary.threshold) == (50, 50)
    # The interval follows the frame rate, not the threshold.
    own = DetectConfig(fps=10, stationary=StationaryConfig(threshold=7))
    assert (own.stationary.threshold, own.stationary.interval) == (7, 100)


def test_the_size_of_the_detect_stream_is_not_invented() -> None:
    assert config().cameras["front"].detect.width is None


def test_defaults_of_a_detector_depend_on_its_type() -> None:
    assert DetectorConfig(type="cpu").num_threads == 3
    assert DetectorConfig(type="onnx").num_threads == 1
    assert DetectorConfig(type="tensorrt").device == 0
