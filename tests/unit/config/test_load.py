from __future__ import annotations

import copy
from pathlib import Path

import pytest

from picket.config.load import load_config, load_text, parse_config
from picket.config.problems import ConfigProblems
from picket.domain.errors import ConfigError
from tests.unit.config.samples import CAMERA, config, problems

FULL_FILE = """
mqtt: {host: broker, user: '{FRIGATE_MQTT_USER}', password: '{FRIGATE_MQTT_PASSWORD}'}
database: {path: /data/frigate.db}
environment_vars: {LIBVA_DRIVER_NAME: i965}
logger: {default: warning, logs: {frigate.record: debug}}
ui: {live_mode: webrtc, timezone: Europe/Paris, use_experimental: no, time_format: 24hour,
     date_style: full, time_style: long, strftime_fmt: "%Y"}
telemetry: {network_interfaces: [eth], stats: {network_bandwidth: on}, version_check: off}
model: {path: /m.tflite, width: "300", height: 300, labelmap: {2: vehicle}, model_type: yolox}
detectors:
  coral: {type: edgetpu, device: usb}
  slow: {type: cpu, num_threads: 2, model: {width: 320}}
ffmpeg: {hwaccel_args: preset-vaapi, output_args: {record: preset-record-generic-audio-aac}}
detect: {fps: 8, stationary: {interval: 0x10, max_frames: {default: 100, objects: {car: 1000}}}}
objects: {track: [person, car], filters: {person: {min_area: 5000, mask: "0,0,9,0,9,9"}}}
motion: {threshold: 25, contour_area: 15}
record:
  enabled: on
  retain: {days: 1.5, mode: motion}
  events: {required_zones: [yard], retain: {default: 5, mode: active_objects, objects: {car: 2}}}
snapshots: {enabled: yes, height: 400, retain: {objects: {person: 3}}}
audio: {enabled: true, listen: [bark], filters: {bark: {threshold: 0.6}}}
birdseye: {mode: continuous, layout: {scaling_factor: 3}}
live: {height: 480}
rtmp: {enabled: False}
timestamp_style: {position: br, color: {red: 0}, effect: shadow}
go2rtc: {streams: {front: ["rtsp://{FRIGATE_MQTT_USER}@h/1", "ffmpeg:front#audio=opus"]}, x: {y: 1}}
cameras:
  front:
    enabled: yes
    ffmpeg:
      inputs:
        - {path: "rtsp://10.0.0.5/sub", roles: [detect, audio], input_args: preset-rtsp-restream}
        - {path: "rtsp://10.0.0.5/main", roles: [record]}
    zones:
      yard: {coordinates: "0,0,640,0,640,360", objects: [person], inertia: 2, new_key: ignored,
             filters: {person: {threshold: 0.8}}}
    mqtt: {height: 300, required_zones: [yard]}
    birdseye: {order: 2, restream: ignored}
    onvif:
      host: 10.0.0.5
      user: admin
      password: 12345
      autotracking: {enabled: on, required_zones: [yard], movement_weights: 1, 2, 3, 4, 5}
    ui: {order: 1, dashboard: no}
    webui_url: http://10.0.0.5
    best_image_timeout: 30
"""
ENV = {"FRIGATE_MQTT_USER": "picket", "FRIGATE_MQTT_PASSWORD": "pass{word}"}


def test_a_file_with_every_section_is_read_unchanged() -> None:
    text = FULL_FILE.replace("1, 2, 3, 4, 5", '"1, 2, 3, 4, 5"')
    config = load_text(text, "config.yml", ENV)
    camera = config.cameras["front"]
    assert config.mqtt.password == ENV["FRIGATE_MQTT_PASSWORD"]
    assert config.ui.use_experimental is False
    assert config.go2rtc["streams"]["front"][0] == "rtsp://picket@h/1"
    assert config.go2rtc["x"] == {"y": 1}
    assert config.detectors["coral"].model.width == 300
    assert config.detectors["slow"].model.width == 320
    assert config.model.labelmap == {2: "vehicle"}
    assert camera.detect.stationary.interval == 16
    assert camera.detect.stationary.threshold == 80
    assert camera.record.enabled
    assert camera.record.retain.days == 1.5
    assert camera.birdseye.mode == "continuous"
    assert (camera.onvif.user, camera.onvif.password) == ("admin", "12345")
    assert camera.onvif.autotracking.movement_weights == ("1.0", "2.0", "3.0", "4.0", "5.0")
    assert camera.zones["yard"].filters["person"].threshold == 0.8


def test_without_detectors_the_one_that_needs_no_file_serves() -> None:
    assert config().detectors["hog"].type == "hog"
    assert not config().mqtt.enabled


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    found = problems(
        """
detect:
  fps: fast
  widht: 5
cameras:
  front:
    ffmpeg:
      inputs:
        - path: rtsp://{FRIGATE_HOST}/1
          roles: [detekt]
  back:
    ffmpeg:
      inputs:
        - path: rtsp://h/1
          roles: [detect]
    zones:
      back:
        coordinates: 1,2,3
"""
    )
    told = {(problem.line, problem.key): problem.message for problem in found}
    assert "whole number" in told[3, "detect.fps"]
    assert "`fps: 5`" in told[3, "detect.fps"]
    assert "did you mean `width`" in told[4, "detect.widht"]
    assert "FRIGATE_HOST" in told[9, "cameras.front.ffmpeg.inputs.0.path"]
    assert "did you mean `detect`" in told[10, "cameras.front.ffmpeg.inputs.0.roles.0"]
    assert "same name" in told[17, "cameras.back.zones.back"]
    assert "every corner" in told[18, "cameras.back.zones.back.coordinates"]
    assert len(found) == 6


def test_a_mistake_in_a_global_section_is_told_once_where_it_stands() -> None:
    text = "motion: {mask: '1,2,3'}\ncameras:\n" + "".join(
        f"  cam{n}:\n    ffmpeg: {{inputs: [{{path: 'rtsp://h', roles: [detect]}}]}}\n"
        for n in range(3)
    )
    (problem,) = problems(text)
    assert (problem.line, problem.key) == (1, "motion.mask")


def test_an_inherited_mistake_of_two_sections_is_told_once() -> None:
    text = "record: {events: {required_zones: [yrad]}}\ncameras:\n" + "".join(
        f"  cam{n}:\n    ffmpeg: {{inputs: [{{path: 'rtsp://h', roles: [detect]}}]}}\n"
        for n in range(3)
    )
    assert [problem.key for problem in problems(text)] == ["record.events.required_zones"]


@pytest.mark.parametrize("text", ["", "- 1", "just text", "cameras:", "cameras: {a: }", "a: [1\nb"])
def test_a_file_that_is_no_configuration_is_told_so(text: str) -> None:
    assert problems(text)


def test_a_camera_without_path_or_roles_is_told_what_to_add() -> None:
    (path,) = problems("cameras: {a: {ffmpeg: {inputs: [{roles: [detect]}]}}}")
    assert path.key == "cameras.a.ffmpeg.inputs.0.path"
    assert "rtsp://" in path.message


def test_a_secret_is_not_repeated_in_a_message() -> None:
    (problem,) = problems("mqtt: {host: a, user: b, password: [hush]}\ncameras: {}")
    assert "hush" not in problem.message


def test_a_missing_file_is_a_config_error_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="create it"):
        load_config(tmp_path / "none.yml", {}, tmp_path)


def test_bytes_that_are_no_text_are_a_config_error(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(tmp_path / "config.yml", {}, tmp_path)


def test_the_environment_wins_over_secret_files(tmp_path: Path) -> None:
    (tmp_path / "FRIGATE_A").write_text("file\n")
    (tmp_path / "FRIGATE_B").write_text("file\n")
    file = tmp_path / "config.yml"
    file.write_text(
        "cameras: {a: {ffmpeg: {inputs: [{path: 'rtsp://{FRIGATE_A}/{FRIGATE_B}', roles: []}]}}}"
    )
    config = load_config(file, {"FRIGATE_A": "env"}, tmp_path)
    assert config.cameras["a"].ffmpeg.inputs[0].path == "rtsp://env/file"


def test_json_with_tabs_is_read() -> None:
    text = '{\n\t"cameras": {"a": {"ffmpeg": {"inputs": [{"path": "x.mp4", "roles": []}]}}}\n}'
    assert "a" in load_text(text, "config.json", {}).cameras


def test_problems_survive_being_copied_to_another_process() -> None:
    with pytest.raises(ConfigProblems) as raised:
        parse_config({"cameras": {"a": {**CAMERA, "x": 1}}})
    assert copy.copy(raised.value).problems == raised.value.problems
