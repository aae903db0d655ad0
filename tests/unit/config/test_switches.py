from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.config.switches import FEATURES, carry_over, states, switch
from tests.unit.config.samples import config

RECORDING = config({"record": {"enabled": True}})
FRONT = RECORDING.cameras["front"]
PAYLOADS = st.sampled_from(["ON", "OFF", "on", "", "7", "0", "256", "-3", "25", "1e3", "٣"])


def test_every_feature_has_a_state() -> None:
    assert states(FRONT) == {
        "detect": "ON",
        "motion": "ON",
        "recordings": "ON",
        "snapshots": "OFF",
        "audio": "OFF",
        "improve_contrast": "ON",
        "ptz_autotracker": "OFF",
        "motion_threshold": "30",
        "motion_contour_area": "10",
        "birdseye": "ON",
        "birdseye_mode": "OBJECTS",
    }


@pytest.mark.parametrize(
    ("feature", "payload"),
    [
        *[(name, word) for name in ("detect", "recordings", "snapshots") for word in ("ON", "OFF")],
        *[("improve_contrast", word) for word in ("ON", "OFF")],
        ("motion_threshold", "44"),
        ("motion_contour_area", "5"),
        ("birdseye", "ON"),
        *[("birdseye_mode", word) for word in ("CONTINUOUS", "MOTION", "OBJECTS")],
    ],
)
def test_a_switch_is_seen_in_the_states(feature: str, payload: str) -> None:
    switched = switch(FRONT, feature, payload)
    assert switched is not None
    assert states(switched) == {**states(FRONT), feature: payload}


@pytest.mark.parametrize(
    ("feature", "payload"),
    [
        *[("detect", "on"), ("snapshots", "1"), ("birdseye", "MOTION")],
        *[("birdseye_mode", word) for word in ("motion", "ON", "OFF", "")],
        *[("motion_threshold", word) for word in ("much", "0")],
    ],
)
def test_what_is_no_value_is_refused(feature: str, payload: str) -> None:
    assert switch(FRONT, feature, payload) is None


def test_detection_needs_motion() -> None:
    assert switch(FRONT, "motion", "OFF") is None
    resting = switch(FRONT, "detect", "OFF")
    assert resting is not None
    still = switch(resting, "motion", "OFF")
    assert still is not None
    assert states(still)["motion"] == "OFF"
    awake = switch(still, "detect", "ON")
    assert awake is not None
    assert (states(awake)["detect"], states(awake)["motion"]) == ("ON", "ON")


def test_a_camera_that_the_common_picture_does_not_show_has_no_mode_there() -> None:
    moving = switch(FRONT, "birdseye_mode", "MOTION")
    assert moving is not None
    hidden = switch(moving, "birdseye", "OFF")
    assert hidden is not None
    assert (states(hidden)["birdseye"], states(hidden)["birdseye_mode"]) == ("OFF", "OFF")
    assert switch(hidden, "birdseye_mode", "CONTINUOUS") is None
    shown = switch(hidden, "birdseye", "ON")
    assert shown is not None
    assert states(shown)["birdseye_mode"] == "MOTION"


def test_recording_cannot_be_switched_on_where_the_file_says_no() -> None:
    assert switch(config().cameras["front"], "recordings", "ON") is None
    paused = switch(FRONT, "recordings", "OFF")
    assert paused is not None
    assert switch(paused, "recordings", "ON") is not None


def test_listening_cannot_be_switched_on_where_the_file_says_no() -> None:
    assert switch(FRONT, "audio", "ON") is None
    inputs = [{"path": "rtsp://front/1", "roles": ["detect", "audio"]}]
    heard = config({"audio": {"enabled": True}, "ffmpeg": {"inputs": inputs}}).cameras["front"]
    deaf = switch(heard, "audio", "OFF")
    assert deaf is not None
    assert states(deaf)["audio"] == "OFF"
    assert switch(deaf, "audio", "ON") is not None


def test_an_unknown_feature_is_no_feature() -> None:
    with pytest.raises(KeyError):
        switch(FRONT, "siren", "ON")


@given(st.lists(st.tuples(st.sampled_from(sorted(FEATURES)), PAYLOADS), max_size=12))
def test_whatever_is_switched_detection_never_runs_without_motion(
    commands: list[tuple[str, str]],
) -> None:
    camera = FRONT
    for feature, payload in commands:
        camera = switch(camera, feature, payload) or camera
    assert camera.motion.enabled or not camera.detect.enabled
    assert 1 <= camera.motion.threshold <= 255


def test_switches_outlive_a_change_of_something_else_in_the_file() -> None:
    paused = switch(FRONT, "detect", "OFF")
    assert paused is not None
    running = RECORDING.model_copy(update={"cameras": {"front": paused}})
    rewritten = config({"record": {"enabled": True}, "motion": {"threshold": 50}})
    front = carry_over(RECORDING, running, rewritten).cameras["front"]
    assert not front.detect.enabled
    assert front.motion.threshold == 50


def test_a_setting_that_is_rewritten_follows_the_file() -> None:
    bright = switch(FRONT, "motion_threshold", "99")
    assert bright is not None
    running = RECORDING.model_copy(update={"cameras": {"front": bright}})
    rewritten = config({"record": {"enabled": True}, "motion": {"threshold": 50}})
    assert carry_over(RECORDING, running, rewritten).cameras["front"].motion.threshold == 50


def test_following_cannot_be_switched_on_where_the_file_says_no() -> None:
    assert switch(FRONT, "ptz_autotracker", "ON") is None
    onvif = {"host": "camera", "autotracking": {"enabled": True, "required_zones": ["yard"]}}
    yard = {"yard": {"coordinates": "0,0,9,0,9,9"}}
    follower = config({"onvif": onvif, "zones": yard}).cameras["front"]
    resting = switch(follower, "ptz_autotracker", "OFF")
    assert resting is not None
    assert states(resting) == {**states(follower), "ptz_autotracker": "OFF"}
    assert resting.onvif.host == "camera"
    assert switch(resting, "ptz_autotracker", "ON") == follower
