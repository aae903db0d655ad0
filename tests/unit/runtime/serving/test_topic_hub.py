from __future__ import annotations

import threading

from picket.domain.gaze import Standing
from picket.ipc.mailbox import Mailbox
from picket.ipc.messages import Change, ObjectChanged, PictureTaken, SoundHeard
from picket.runtime.serving.topic_hub import Announcer, TopicHub, announce_stats
from picket.topics.message import Message
from tests.unit.topics.samples import AFTER, BEFORE, scene

HELLO = Message("greeting", "hello")


def make_inbox(room: int = 10) -> Mailbox[Message]:
    return Mailbox[Message](lambda: None, room)


def test_everyone_who_listens_gets_everything_from_then_on() -> None:
    hub, early, late = TopicHub(), make_inbox(), make_inbox()
    hub.subscribe(early)
    hub.publish(HELLO)
    hub.subscribe(late)
    hub.publish(Message("greeting", "again"))
    assert [message.payload for message in early.take()] == ["hello", "again"]
    assert [message.payload for message in late.take()] == ["again"]


def test_what_was_told_last_is_known() -> None:
    hub = TopicHub(lambda: announcer.board)
    announcer = Announcer(hub.publish)
    announcer.announce(scene(labels={"person": 2}, is_moving=True))
    announcer.announce(scene(labels={"person": 1}, is_moving=True))
    known = {message.topic: message.payload for message in hub.known()}
    assert known == {"front/person": 1, "front/all": 1, "front/motion": "ON"}


def test_who_left_gets_nothing_and_who_is_full_stops_nobody() -> None:
    hub, full, gone, quick = TopicHub(), make_inbox(room=1), make_inbox(), make_inbox()
    for inbox in (full, gone, quick):
        hub.subscribe(inbox)
    hub.unsubscribe(gone)
    for _ in range(3):
        hub.publish(HELLO)
    assert (len(full.take()), full.lost, gone.take(), len(quick.take())) == (1, 2, [], 3)


def test_what_cameras_tell_becomes_messages() -> None:
    told: list[Message] = []
    announcer = Announcer(told.append)
    announcer.announce(scene(zones={"porch": {}}))
    announcer.announce(ObjectChanged(Change.NEW, BEFORE, AFTER))
    announcer.announce(scene(labels={"person": 1}, zones={"porch": {}}))
    announcer.announce(SoundHeard("front", 900.0, -31.2, ("bark",)))
    announcer.announce(Standing("front", is_home=False, is_following=True))
    assert [message.topic for message in told] == [
        *("front/all", "porch/all"),
        "events",
        *("front/person", "front/all"),
        *("front/audio/dBFS", "front/audio/rms", "front/audio/bark"),
        "front/ptz_autotracker/active",
    ]


def test_the_board_shows_what_was_told() -> None:
    told: list[Message] = []
    announcer = Announcer(told.append)
    announcer.announce(PictureTaken("front", "person", b"jpeg"))
    announcer.announce(scene(labels={"person": 1}))
    assert [message.topic for message in told] == [
        *("front/person/snapshot", "front/person", "front/all")
    ]
    assert announcer.board.told == {"front/person": 1, "front/all": 1}
    assert list(announcer.board.pictures.values()) == told[:1]


def test_statistics_are_published_until_the_stop() -> None:
    told: list[Message] = []
    stop = threading.Event()

    def publish(message: Message) -> None:
        told.append(message)
        if len(told) == 3:
            stop.set()

    announce_stats(lambda: {"detection_fps": 5.0}, publish, 0.001, stop)
    assert told == [Message("stats", '{"detection_fps":5.0}')] * 3
