from __future__ import annotations

import json
from typing import Any

import pytest

from picket.config.edit import edit_text, read_changes
from picket.config.tree import read_tree
from picket.domain.errors import ConfigError

TEXT = """\
cameras:
  front:
    zones:
      # what is ours
      yard:   # up to the hedge
        coordinates: 0,0,9,0,9,9   # by hand

      "drive":
        coordinates: 0,0,5,0,5,5
    record:
      events:
        required_zones:
          - drive
          - yard   # mostly
    snapshots: {required_zones: ["yard"]}
    mqtt: {required_zones: [yard, drive]}
    onvif: {autotracking: {required_zones: [yard]}}
  back:
    zones: {drive: {coordinates: "0,0,5,0,5,5"}}
    snapshots: {required_zones: [drive]}
record: {events: {required_zones: [yard]}}
snapshots: {required_zones: [drive]}
notifications:
  rules:
    anybody: {zones: [drive]}   # of both
    in_front: {cameras: [front], zones: [drive, yard]}
    behind: {cameras: [back], zones: [drive]}
"""


def rename(*names: str, text: str = TEXT, camera: str = "front") -> str:
    pairs = [name.split(">") for name in names]
    query = [(f"rename.cameras.{camera}.zones.{old}", new) for old, new in pairs]
    return edit_text(text, read_changes(query))


def parse(text: str) -> Any:
    return read_tree(text, "config.yml").data


def test_the_zone_stays_where_it_is_with_its_comments_and_what_names_it_follows() -> None:
    assert rename("yard>lawn") == TEXT.replace("yard", "lawn")  # remarks keep their column


def test_a_name_in_quotes_stays_in_quotes() -> None:
    assert '      "way":\n' in rename("drive>way")


def test_lists_that_mean_zones_of_other_cameras_too_have_both_names() -> None:
    data = parse(rename("drive>way"))
    assert data["snapshots"]["required_zones"] == ["way", "drive"]
    rules = data["notifications"]["rules"]
    assert [rule["zones"] for rule in rules.values()] == [
        ["way", "drive"],
        ["way", "yard"],
        ["drive"],
    ]
    assert data["cameras"]["front"]["record"]["events"]["required_zones"] == ["way", "yard"]
    assert data["cameras"]["back"]["snapshots"]["required_zones"] == ["drive"]
    assert list(data["cameras"]["back"]["zones"]) == ["drive"]


def test_a_list_of_another_camera_follows_where_the_old_name_would_mean_nothing() -> None:
    text = TEXT.replace("[drive]}\nrecord", "[yard]}\nrecord")
    assert parse(rename("yard>garden", text=text))["cameras"]["back"]["snapshots"] == {
        "required_zones": ["garden"]
    }


def test_what_has_both_names_after_that_has_each_once() -> None:
    data = parse(rename("yard>drive", text=TEXT.replace('      "drive":', "      gate:")))
    assert data["notifications"]["rules"]["in_front"]["zones"] == ["drive"]
    assert data["cameras"]["front"]["record"]["events"]["required_zones"] == ["drive"]


def test_two_zones_may_change_their_names() -> None:
    before, after = parse(TEXT)["cameras"]["front"], rename("yard>drive", "drive>yard")
    front = parse(after)["cameras"]["front"]
    assert list(front["zones"]) == ["drive", "yard"]
    assert front["zones"]["drive"] == before["zones"]["yard"]
    assert front["mqtt"]["required_zones"] == ["drive", "yard"]
    assert "drive:  # up to the hedge" in after
    assert "- yard\n          - drive  # mostly" in after


@pytest.mark.parametrize(
    ("name", "camera", "says"),
    [
        ("yard>drive", "front", "front.zones.yard: there is a zone drive already"),
        ("gate>yard", "front", "front.zones.gate: is not in the file"),
        ("yard>garden", "nobody", "nobody.zones.yard: is not in the file"),
        ("yard>a b", "front", "'a b' is no name"),
        ("yard>", "front", "'' is no name"),
    ],
)
def test_what_cannot_be_is_refused(name: str, camera: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        rename(name, camera=camera)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("rename", ["x"]),
        ("rename.cameras.front", ["x"]),
        ("rename.cameras.front.zones.yard", ["x", "y"]),
    ],
)
def test_nothing_but_a_zone_is_renamed(key: str, values: list[str]) -> None:
    with pytest.raises(ConfigError, match="only zones"):
        read_changes([(key, value) for value in values])


@pytest.mark.parametrize(
    "text",
    [
        "cameras:\n  front:\n    zones: &z {yard: {inertia: 1}}\n  back:\n    zones: *z\n",
        "cameras:\n  front: &f\n    zones: {yard: {inertia: 1}}\n  back:\n    <<: *f\n",
    ],
)
def test_a_zone_that_is_one_with_another_cameras_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="anchor"):
        rename("yard>garden", text=text)


def test_zones_that_come_from_elsewhere_are_refused() -> None:
    text = "x: &z {yard: {inertia: 1}}\ncameras:\n  front:\n    zones:\n      <<: *z\n      a: {}\n"
    with pytest.raises(ConfigError, match="<<"):
        rename("yard>garden", text=text)


def test_an_anchor_that_is_not_in_the_way_stays() -> None:
    text = (
        "cameras:\n  front:\n    zones:\n      yard: &y {inertia: 1}\n"
        "  back:\n    zones:\n      yard: *y\n"
    )
    assert rename("yard>garden", text=text) == text.replace("yard", "garden", 1)


def test_changes_are_made_in_the_order_in_which_they_are_named() -> None:
    query = [
        ("cameras.front.zones.drive", ""),
        ("rename.cameras.front.zones.yard", "drive"),
        ("cameras.front.zones.drive.inertia", "7"),
        ("cameras.front.zones.yard.inertia", "8"),
    ]
    zones = parse(edit_text(TEXT, read_changes(query)))["cameras"]["front"]["zones"]
    assert zones == {
        "drive": {"coordinates": "0,0,9,0,9,9", "inertia": 7},
        "yard": {"inertia": 8},
    }


def test_json_is_renamed_too() -> None:
    text = json.dumps({"cameras": {"front": {"zones": {"a": {"inertia": 1}, "b": {}}}}})
    changes = read_changes([("rename.cameras.front.zones.a", "c")])
    after = json.loads(edit_text(text, changes, is_json=True))
    assert list(after["cameras"]["front"]["zones"].items()) == [("c", {"inertia": 1}), ("b", {})]
