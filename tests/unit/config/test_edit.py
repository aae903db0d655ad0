from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.config.edit import edit_text, read_changes
from picket.config.problems import KeyPath
from picket.config.tree import read_tree
from picket.domain.errors import ConfigError

TEXT = """\
# my cameras
mqtt: {enabled: no}   # later

cameras:
  front:   # the door
    ffmpeg:
      inputs:
        - path: "rtsp://10.0.0.5/1"
          roles: [detect]
    motion:
      mask: 0,0,10,0,10,10
    detect:
      enabled: on
"""


def edit(query: str, text: str = TEXT) -> str:
    pairs = [tuple(one.split("=", 1)) for one in query.split("&")]
    return edit_text(text, read_changes((key, value) for key, value in pairs))


def value_at(text: str, path: KeyPath) -> object:
    value = read_tree(text, "config.yml").data
    for part in path:
        value = value[part]
    return value


def test_one_line_changes_and_the_others_stay_as_they_were() -> None:
    before = TEXT.splitlines()
    after = edit("cameras.front.detect.enabled=false").splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert changed == [("      enabled: on", "      enabled: false")]


@pytest.mark.parametrize(
    ("query", "path", "value"),
    [
        ("cameras.front.detect.fps=7", ("cameras", "front", "detect", "fps"), 7),
        ("cameras.front.ui.order=3", ("cameras", "front", "ui", "order"), 3),
        ("record.retain.days=1.5", ("record", "retain", "days"), 1.5),
        ("ui.time_format=24hour", ("ui", "time_format"), "24hour"),
        ("cameras.front.webui_url=on", ("cameras", "front", "webui_url"), "on"),
        ("cameras.front.onvif.password=012", ("cameras", "front", "onvif", "password"), "012"),
        ("cameras.front.ui.order=12:30", ("cameras", "front", "ui", "order"), "12:30"),
        ("a=x: y # z", ("a",), "x: y # z"),
        (
            "cameras.front.zones.yard.coordinates=0,0,9,0,9,9",
            ("cameras", "front", "zones", "yard", "coordinates"),
            "0,0,9,0,9,9",
        ),
        (
            "cameras.front.ffmpeg.inputs.0.path=rtsp://10.0.0.6/2",
            ("cameras", "front", "ffmpeg", "inputs", 0, "path"),
            "rtsp://10.0.0.6/2",
        ),
    ],
)
def test_a_value_is_read_back_as_it_was_meant(query: str, path: KeyPath, value: object) -> None:
    assert value_at(edit(query), path) == value


def test_a_single_mask_becomes_a_list_when_a_second_one_comes() -> None:
    text = edit("cameras.front.motion.mask.1=5,5,9,5,9,9")
    assert value_at(text, ("cameras", "front", "motion", "mask")) == [
        "0,0,10,0,10,10",
        "5,5,9,5,9,9",
    ]


def test_a_key_that_stands_there_twice_is_a_list() -> None:
    text = edit("cameras.front.objects.track=person&cameras.front.objects.track=car")
    assert value_at(text, ("cameras", "front", "objects", "track")) == ["person", "car"]


def test_a_key_without_a_value_goes() -> None:
    assert "mask" not in edit("cameras.front.motion.mask=")
    assert "inputs" in edit("cameras.front.motion=")
    assert "motion" not in edit("cameras.front.motion=")


def test_comments_and_the_way_lists_are_indented_stay() -> None:
    after = edit("cameras.front.objects.track=person&cameras.front.objects.track=car")
    for line in ("# my cameras", "  front:   # the door", '        - path: "rtsp://10.0.0.5/1"'):
        assert line in after.splitlines()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("cameras.front.detect.enabled.now=1", "single value"),
        ("cameras.front.ffmpeg.inputs.5.path=x", "the list has 1 items"),
        ("cameras.front.ffmpeg.inputs.first.path=x", "a place in a list is a number"),
        ("cameras.back=", "cannot be deleted"),
        ("cameras..front=1", "single dots"),
    ],
)
def test_what_leads_nowhere_is_told(query: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        edit(query)


def test_nothing_to_change_is_told() -> None:
    with pytest.raises(ConfigError, match="no setting is named"):
        read_changes([])


@pytest.mark.parametrize("text", ["a: [1, 2", "\tb: 1", "a: *nobody"])
def test_what_is_no_yaml_is_told(text: str) -> None:
    with pytest.raises(ConfigError, match="not valid YAML"):
        edit("a=1", text)


def test_an_empty_file_is_begun() -> None:
    assert value_at(edit("ui.timezone=utc", ""), ("ui", "timezone")) == "utc"


def test_json_stays_json() -> None:
    changes = read_changes([("cameras.front.detect.fps", "7")])
    text = edit_text('{"cameras": {"front": {}}}', changes, is_json=True)
    assert json.loads(text) == {"cameras": {"front": {"detect": {"fps": 7}}}}
    with pytest.raises(ConfigError, match="not valid JSON"):
        edit_text("{", changes, is_json=True)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_whatever_text_is_set_the_file_stays_readable(value: str) -> None:
    text = edit_text(TEXT, read_changes([("cameras.front.webui_url", value)]))
    found = value_at(text, ("cameras", "front", "webui_url"))
    assert str(found).lower() == value.lower() or float(str(found)) == float(value)
    assert value_at(text, ("cameras", "front", "detect", "enabled")) is True
