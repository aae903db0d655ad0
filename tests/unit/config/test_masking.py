from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from picket.config.load import parse_config
from picket.config.masking import Observed, mask_credentials, mask_tree, mask_url, public_config
from tests.unit.config.samples import CAMERA, config

SHOWN_TO_CLIENTS = [
    ("mqtt", ("topic_prefix", "client_id", "stats_interval")),
    ("birdseye", ("enabled", "restream", "mode")),
    ("ui", ("live_mode", "timezone", "use_experimental", "time_format", "date_style")),
    ("ui", ("time_style", "strftime_fmt")),
    ("plus", ("enabled",)),
]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("rtsp://u:p@h:554/x", "rtsp://*:*@h:554/x"),
        ("rtsp://u:p@ss/w@h/x", "rtsp://*:*@h/x"),
        ("a rtsp://u:p@h/1 b http://token@h/2 c", "a rtsp://*:*@h/1 b http://*:*@h/2 c"),
        ("http://h/flv?port=1&user=a&password=b", "http://h/flv?port=1&user=*&password=*"),
        ("http://h/?access_token=a b", "http://h/?access_token=* b"),
        ("rtsp://h/user=admin_password=x_channel=1.sdp", "rtsp://h/user=*"),
        ("-headers 'Authorization: Basic abc'", "-headers 'Authorization: *'"),
        ("-passphrase abc -i x", "-passphrase * -i x"),
        ("rtsp://h:554/x", "rtsp://h:554/x"),
    ],
)
def test_credentials_are_masked_in_any_text(text: str, masked: str) -> None:
    assert mask_credentials(text) == masked


def test_a_url_of_its_own_may_hold_spaces() -> None:
    assert mask_url("rtsp://u:a b\nc@h/x") == "rtsp://*:*@h/x"


def test_secret_keys_and_arguments_are_masked_in_data() -> None:
    data = {"a": ["-passphrase", "x", 1], "password": "p", "api_key": "", "token": None}
    assert mask_tree(data) == {"a": ["-passphrase", "*", 1], "password": "*"} | {
        "api_key": "",
        "token": None,
    }


def test_everything_that_clients_read_is_there() -> None:
    shown = public_config(config({"zones": {"yard": {"coordinates": "0,0,9,0,9,9"}}}))
    for section, keys in SHOWN_TO_CLIENTS:
        assert set(keys) <= set(shown[section])
    assert isinstance(shown["go2rtc"], dict)
    assert "version" not in shown
    assert "password" not in shown["mqtt"]
    camera = shown["cameras"]["front"]
    assert camera["name"] == "front"
    assert camera["zones"]["yard"]["objects"] == []
    assert camera["detect"]["width"] == 1280
    assert camera["ffmpeg_cmds"][0]["roles"] == ["detect"]
    assert camera["webui_url"] is None
    assert camera["objects"]["track"] == ["person"]
    assert camera["audio"]["enabled_in_config"] is False


def test_what_the_program_has_seen_is_shown() -> None:
    weights = ("0.0", "1.0", "0.2", "0.8", "0.5")
    seen = Observed(
        sizes={"front": (640, 360)},
        labels={"hog": {0: "person"}},
        has_plus=True,
        movement_weights={"front": weights},
    )
    shown = public_config(config(), seen)
    assert shown["cameras"]["front"]["detect"]["height"] == 360
    assert "scale=640:360" in shown["cameras"]["front"]["ffmpeg_cmds"][0]["cmd"]
    assert shown["detectors"]["hog"]["model"]["labelmap"] == {"0": "person"}
    assert shown["plus"] == {"enabled": True}
    tracking = shown["cameras"]["front"]["onvif"]["autotracking"]
    assert tracking["movement_weights"] == list(weights)


def test_a_detector_shows_only_settings_of_its_type() -> None:
    shown = public_config(config(detectors={"c": {"type": "cpu", "own": 1}}))["detectors"]["c"]
    assert set(shown) == {"type", "num_threads", "own", "model"}


def test_no_secret_is_shown_whatever_place_it_stands_in() -> None:
    hidden = "s3cr et/@:'\"%x"
    inputs: list[dict[str, Any]] = [
        {
            "path": f"rtsp://u:{hidden}@h/1",
            "roles": ["detect"],
            "input_args": ["-headers", f"Authorization: {hidden}", "-passphrase", hidden],
        },
        {"path": "http://h/?user=s3cr&password=s3cr", "roles": ["record"]},
    ]
    loaded = parse_config(
        {
            "mqtt": {"host": "h", "user": "u", "password": hidden},
            "database": {"url": f"postgresql://u:{quote(hidden, safe='')}@h/db"},
            "environment_vars": {"PLUS_API_KEY": hidden},
            "detectors": {"d": {"type": "deepstack", "api_key": hidden, "my_token": hidden}},
            "go2rtc": {
                "streams": {"a": [f"ffmpeg:rtsp://u:{hidden}@h/1#video=h264"]},
                "rtsp": {"username": "u", "password": hidden},
            },
            "cameras": {
                "a": {
                    **CAMERA,
                    "ffmpeg": {"inputs": inputs},
                    "record": {"enabled": True},
                    "onvif": {"host": "h", "user": "u", "password": hidden},
                }
            },
        }
    )
    assert "s3cr" not in json.dumps(public_config(loaded))
    camera = loaded.cameras["a"]
    assert "s3cr" not in f"{loaded.mqtt} {loaded.database} {camera.onvif} {camera.ffmpeg.inputs[1]}"
