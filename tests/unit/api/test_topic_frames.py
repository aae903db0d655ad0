from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.api.schemas.topics import from_frame, to_frame
from picket.topics.message import Message


@pytest.mark.parametrize(
    ("message", "frame"),
    [
        (Message("front/person", 1), '{"topic": "front/person", "payload": 1}'),
        (Message("front/motion", "ON", retain=True), '{"topic": "front/motion", "payload": "ON"}'),
        (Message("front/audio/dBFS", -20.5), '{"topic": "front/audio/dBFS", "payload": -20.5}'),
        (Message("front/person/snapshot", b"\xff\xd8"), None),
    ],
)
def test_messages_become_text(message: Message, frame: str | None) -> None:
    assert to_frame(message) == frame


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ('"ON"', "ON"),
        ("5", 5),
        ("0.5", 0.5),
        ("true", "true"),
        ("null", "null"),
        ('{"a":[1]}', '{"a": [1]}'),
    ],
)
def test_what_is_neither_text_nor_a_number_stays_json(payload: str, expected: object) -> None:
    assert from_frame(f'{{"topic": "t", "payload": {payload}}}') == Message("t", expected)  # type: ignore[arg-type]


def test_a_payload_may_be_left_out() -> None:
    assert from_frame('{"topic": "restart"}') == Message("restart", "")


@given(
    st.text(), st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))
)
def test_a_message_survives_the_way(topic: str, payload: str | float) -> None:
    message = Message(topic, payload)
    assert from_frame(to_frame(message) or "") == message


@given(st.one_of(st.text(), st.recursive(st.none() | st.text(), st.lists).map(json.dumps)))
def test_anything_else_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        from_frame(text)
