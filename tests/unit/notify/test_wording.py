from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from picket.config.notifications import TEXT_FIELDS
from picket.domain.notice import Clock, Notice, Subject, When
from picket.notify.rules import Choice
from picket.notify.wording import Fields, describe, fill, fill_tree, write_notices, write_test
from tests.unit.notify.samples import NOON, PERSON, channel, notifications, rule

LOCAL = datetime.fromtimestamp(NOON, UTC)
CLOCK = Clock(NOON, NOON, NOON, NOON + 0.5)


def write(subject: Subject = PERSON, base_url: str = "", **settings: Any) -> Notice:
    told = notifications({"hook": channel()}, {"r": rule(**settings)}, base_url=base_url)
    (one,) = write_notices(told, Choice("r", subject), LOCAL, CLOCK)
    return one


def test_without_words_of_the_user_it_says_who_where_and_when() -> None:
    named = replace(PERSON, sub_label="Ann")
    assert write().title == "Person at front_door"
    assert write(named).message == "12:00:00, 84%, Ann, in porch"
    gone = replace(PERSON, when=When.END, zones=())
    assert (write(gone).title, write(gone).message) == (
        "Person at front_door is gone",
        "12:00:00, 84%",
    )


def test_trouble_has_words_of_its_own() -> None:
    away = Subject(When.CAMERA_OFFLINE, "x", NOON, camera="back", detail="no route")
    told = write(away, when=["camera_offline"])
    assert told.title == "Camera back is offline"
    assert told.message == "Since 2024-01-15 12:00:00: no route"


def test_the_user_s_words_win() -> None:
    told = write(title="{label} ({zones})", message="{{now}} {camera}: {score} {sub_label}.")
    assert (told.title, told.message) == ("Person (porch)", "{now} front_door: 0.84 .")


def test_links_need_an_address_and_something_to_show() -> None:
    event = f"https://nvr.example/api/events/{PERSON.id}"
    here = "https://nvr.example/"
    assert write().fields["picture_link"] is None
    told = write(base_url=here)
    assert told.fields["picture_link"] == told.fields["link"] == f"{event}/snapshot.jpg"
    ended = replace(PERSON, end_time=NOON, has_clip=True, has_picture=False)
    told = write(ended, here)
    assert (told.fields["picture_link"], told.picture) == (None, "none")
    assert told.fields["link"] == told.fields["clip_link"] == f"{event}/clip.mp4"


def test_each_channel_gets_its_own_once() -> None:
    told = notifications(
        {"a": channel(), "b": channel()}, {"r": rule(channels=["a", "b", "a", "gone"])}
    )
    written = write_notices(told, Choice("r", PERSON), LOCAL, CLOCK)
    assert [one.channel for one in written] == ["a", "b"]
    assert len({one.key for one in written}) == 2
    assert {one.fields["key"] for one in written} == {one.key for one in written}


def test_the_key_is_the_same_for_the_same_thing() -> None:
    later = replace(PERSON, time=NOON + 9, score=0.9)
    better = replace(PERSON, when=When.BETTER)
    assert write(later).key == write().key
    assert write(better).key != write().key
    assert write(better).key != write(replace(better, time=NOON + 9)).key
    assert write(replace(PERSON, when=When.END)).key != write().key


def test_it_expires_after_what_the_rule_says() -> None:
    assert write(expire=60).expires_time == NOON + 60.5


def test_a_test_says_that_it_is_one() -> None:
    told = write_test(notifications({"hook": channel()}), "hook", LOCAL)
    assert (told.title, told.channel, told.picture) == ("Test", "hook", "none")
    assert set(told.fields) == set(TEXT_FIELDS)


def test_the_fields_are_those_that_the_configuration_allows() -> None:
    assert set(write().fields) == set(TEXT_FIELDS)
    assert {*describe("", Choice("r", PERSON), LOCAL), "key"} == set(TEXT_FIELDS)


texts = st.text(alphabet="ab{}é\"'\\\n$%", max_size=8)


@given(sub_label=texts, zone=texts)
def test_what_a_value_contains_is_never_read_as_a_template(sub_label: str, zone: str) -> None:
    fields: Fields = {"sub_label": sub_label, "zones": zone, "score": 0.5, "link": None}
    filled = fill("<{sub_label}|{zones}|{link}>", fields)
    assert filled == f"<{sub_label}|{zone}|>"
    tree = {"a": ["{sub_label}", {"b": "x{zones}y"}], "c": "{score}", "d": "{link}", "e": 7}
    assert json.loads(json.dumps(fill_tree(tree, fields))) == {
        "a": [sub_label, {"b": f"x{zone}y"}],
        "c": 0.5,
        "d": None,
        "e": 7,
    }
