from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.gaze import Standing
from picket.ipc.messages import PictureTaken, SceneChanged, SoundHeard
from picket.topics.board import Board, post_picture, post_scene, post_sound, post_standing
from picket.topics.message import Message
from tests.unit.topics.samples import scene

Told = list[tuple[str, object]]


def post(board: Board, *scenes: SceneChanged) -> tuple[Board, Told]:
    told: Told = []
    for one in scenes:
        board, messages = post_scene(board, one)
        told += [(message.topic, message.payload) for message in messages]
    return board, told


def test_one_walking_person_is_told_in_the_order_that_clients_know() -> None:
    outside: dict[str, dict[str, int]] = {"porch": {}, "street": {}}
    nobody = scene(zones=outside, is_moving=True)
    there = scene(labels={"person": 1}, zones=outside, is_moving=True)
    inside = replace(there, zones={"porch": {"person": 1}, "street": {}})
    board, told = post(Board(), nobody)
    assert told == [
        ("front/all", 0),
        ("front/motion", "ON"),
        ("porch/all", 0),
        ("street/all", 0),
    ]
    board, told = post(board, there)
    assert told == [("front/person", 1), ("front/all", 1)]
    board, told = post(board, inside)
    assert told == [("porch/person", 1), ("porch/all", 1)]
    board, told = post(board, nobody)
    assert told == [("front/all", 0), ("front/person", 0), ("porch/person", 0), ("porch/all", 0)]
    assert post(board, replace(nobody, is_moving=False))[1] == [("front/motion", "OFF")]


def test_a_camera_that_never_moved_is_not_called_still() -> None:
    assert ("front/motion", "OFF") not in post(Board(), scene())[1]


def test_cameras_that_share_a_zone_are_summed_up() -> None:
    board, _ = post(Board(), scene("front", {"car": 1}, {"street": {"car": 1}}))
    board, told = post(board, scene("back", {"car": 2}, {"street": {"car": 2}}))
    assert told == [("back/car", 2), ("back/all", 2), ("street/car", 3), ("street/all", 3)]
    assert post(board, scene("front"))[1] == [
        ("front/all", 0),
        ("front/car", 0),
        ("street/car", 2),
        ("street/all", 2),
    ]


def test_nobody_is_in_a_zone_that_was_removed() -> None:
    board, _ = post(Board(), scene(labels={"dog": 1}, zones={"porch": {"dog": 1}}))
    assert post(board, scene(labels={"dog": 1}))[1] == [("porch/dog", 0), ("porch/all", 0)]


def test_one_label_may_replace_another() -> None:
    board, _ = post(Board(), scene(labels={"dog": 1}))
    _, told = post(board, scene(labels={"cat": 1}))
    assert told == [("front/cat", 1), ("front/dog", 0)]


counts = st.dictionaries(st.sampled_from(["person", "car", "dog"]), st.integers(1, 3))


@st.composite
def scenes(draw: st.DrawFn) -> SceneChanged:
    camera = draw(st.sampled_from(["front", "back"]))
    zones = draw(st.dictionaries(st.sampled_from(["porch", "street"]), counts))
    return scene(camera, draw(counts), zones, is_moving=draw(st.booleans()))


@given(st.lists(scenes(), max_size=12))
def test_who_adds_up_the_messages_knows_every_count(shown: Sequence[SceneChanged]) -> None:
    board, heard, newest = Board(), dict[str, object](), dict[str, SceneChanged]()
    for one in shown:
        board, told = post(board, one)
        assert all(heard.get(topic) != payload for topic, payload in told)
        assert len(dict(told)) == len(told)
        heard |= dict(told)
        newest[one.camera] = one
        assert post(board, one) == (board, [])
    for camera, one in newest.items():
        assert heard[f"{camera}/all"] == sum(one.labels.values())
        assert (heard.get(f"{camera}/motion") == "ON") is one.is_moving
        for label in ("person", "car", "dog"):
            assert heard.get(f"{camera}/{label}", 0) == one.labels.get(label, 0)
            for zone in ("porch", "street"):
                inside = sum(each.zones.get(zone, {}).get(label, 0) for each in newest.values())
                assert heard.get(f"{zone}/{label}", 0) == inside


def test_the_picture_of_a_label_is_told_again_when_its_last_object_is_gone() -> None:
    board, _ = post(Board(), scene(labels={"person": 1, "dog": 1}))
    board, told = post_picture(board, PictureTaken("front", "person", b"jpeg"))
    assert told == Message("front/person/snapshot", b"jpeg", retain=True)
    _, gone = post(board, scene())
    assert gone == [
        ("front/all", 0),
        ("front/person", 0),
        ("front/person/snapshot", b"jpeg"),
        ("front/dog", 0),
    ]


def test_loudness_is_always_news_and_a_sound_when_it_begins_and_ends() -> None:
    board, told = Board(), list[Message]()
    for labels in ((), ("bark",), ("bark", "speech"), ("speech",), ()):
        board, messages = post_sound(board, SoundHeard("front", 812.34567, -32.1, labels))
        told += messages
    loudness = [Message("front/audio/dBFS", -32.1), Message("front/audio/rms", 812.3457)]
    assert told[:2] == loudness
    assert [one for one in told if one not in loudness] == [
        Message("front/audio/bark", "ON"),
        Message("front/audio/speech", "ON"),
        Message("front/audio/bark", "OFF"),
        Message("front/audio/speech", "OFF"),
    ]
    assert len(told) == 4 + 5 * 2
    assert board.told == {"front/audio/bark": "OFF", "front/audio/speech": "OFF"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["front", "back"]), st.sets(st.sampled_from(["bark", "yell"])))
    )
)
def test_who_hears_every_message_knows_what_each_camera_hears(
    windows: list[tuple[str, set[str]]],
) -> None:
    board, known, heard = Board(), dict[str, object](), dict[str, set[str]]()
    for camera, labels in windows:
        heard[camera] = labels
        board, messages = post_sound(board, SoundHeard(camera, 0.0, 0.0, tuple(sorted(labels))))
        for message in messages[2:]:
            assert known.get(message.topic, "OFF") != message.payload
            known[message.topic] = message.payload
        on = {topic for topic, payload in known.items() if payload == "ON"}
        assert on == {f"{name}/audio/{one}" for name, some in heard.items() for one in some}


def test_who_begins_to_follow_or_stops_is_news_and_at_first_everything_is() -> None:
    board, told = Board(), []
    for is_following in (False, False, True, True, False):
        standing = Standing("front", is_home=True, is_following=is_following)
        board, messages = post_standing(board, standing)
        told += [(one.topic, one.payload, one.retain) for one in messages]
    topic = "front/ptz_autotracker/active"
    assert told == [(topic, "OFF", False), (topic, "ON", False), (topic, "OFF", False)]
