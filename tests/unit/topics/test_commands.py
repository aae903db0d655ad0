from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.topics.commands import (
    Command,
    MoveCamera,
    Republish,
    Restart,
    SwitchFeature,
    read_command,
)
from picket.topics.message import Message, Payload


@pytest.mark.parametrize(
    ("topic", "payload", "command"),
    [
        ("front/detect/set", "ON", SwitchFeature("front", "detect", "ON")),
        ("front/motion_threshold/set", 40, SwitchFeature("front", "motion_threshold", "40")),
        ("front/snapshots/set", b"OFF", SwitchFeature("front", "snapshots", "OFF")),
        ("front/ptz", "preset_Home", MoveCamera("front", "preset_Home")),
        ("restart", "", Restart()),
        ("restart", 7, Restart()),
    ],
)
def test_commands_are_read_from_their_topics(
    topic: str, payload: Payload, command: Command
) -> None:
    assert read_command(Message(topic, payload)) == command


@pytest.mark.parametrize(
    "topic",
    ["set", "front/set", "a/b/c/set", "ptz", "a/b/ptz", "restart/now", "front/detect/state"],
)
def test_what_only_looks_like_a_command_is_published(topic: str) -> None:
    message = Message(topic, "ON")
    assert read_command(message) == Republish(message)


@given(st.text(max_size=20), st.one_of(st.text(), st.integers(), st.floats(), st.binary()))
def test_any_topic_is_a_command_published_or_refused(topic: str, payload: Payload) -> None:
    message = Message(topic, payload)
    try:
        command = read_command(message)
    except ValueError:
        assert not topic or set("#+\0") & set(topic)
    else:
        is_command = topic == "restart" or topic.endswith(("/set", "/ptz"))
        assert is_command or command == Republish(message)


@pytest.mark.parametrize("topic", ["", "a/#", "+/b", "a\0b", "x" * 65_536, "\ud800"])
def test_nothing_is_published_where_no_broker_would_take_it(topic: str) -> None:
    with pytest.raises(ValueError):
        read_command(Message(topic, "ON"))
