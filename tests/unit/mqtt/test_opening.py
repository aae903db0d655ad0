from __future__ import annotations

from picket.ipc.messages import PictureTaken
from picket.mqtt.opening import clearing, opening, presence
from picket.topics.board import Board, post_picture, post_scene
from picket.topics.message import Message
from tests.unit.topics.samples import scene

STATES = {"front/detect/state": "ON", "back/detect/state": "OFF"}


def test_nothing_moves_before_it_is_known() -> None:
    told = opening(["front", "back"], {}, Board())
    assert [one for one in told if not one.retain] == [
        Message("front/motion", "OFF"),
        Message("back/motion", "OFF"),
    ]


def test_states_come_first_and_are_kept_then_counts_then_pictures() -> None:
    board, _ = post_scene(Board(), scene(labels={"person": 1}, is_moving=True))
    board, picture = post_picture(board, PictureTaken("front", "person", b"jpeg"))
    told = opening(["front"], STATES, board)
    assert [one.retain for one in told] == [True] * 2 + [False] * 3 + [True]
    assert Message("front/detect/state", "ON", retain=True) in told
    assert {one.topic: one.payload for one in told if not one.retain} == {
        "front/motion": "ON",
        "front/person": 1,
        "front/all": 1,
    }
    assert told[-1] == picture == Message("front/person/snapshot", b"jpeg", retain=True)


def test_where_nothing_was_told_nobody_is() -> None:
    board, _ = post_scene(Board(), scene(labels={"person": 1}))
    board, _ = post_picture(board, PictureTaken("front", "person", b"jpeg"))
    still: dict[str, str | int] = {"front/person": 0, "front/car": 0, "front/motion": "OFF"}
    assert {one.topic: one.payload for one in presence(board, still)} == {
        **{"front/person": 1, "front/all": 1},
        **{"front/car": 0, "front/motion": "OFF"},
    }
    assert not any(one.retain for one in presence(board, still))


def test_every_command_is_cleared() -> None:
    cleared = clearing(["front"], ["detect"])
    assert [one.topic for one in cleared] == ["front/detect/set"]
    assert all(one.payload == "" and one.retain for one in cleared)
