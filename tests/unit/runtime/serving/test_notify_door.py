"""Notifications joined to the program; over HTTP in tests/contract/test_notifications.py."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from picket.api.readers import ReaderPool
from picket.config.paths import MediaPaths, prepare_media
from picket.domain.errors import Unavailable
from picket.domain.notice import Subject, When
from picket.ipc.changes import UnsubscribeBrowser
from picket.ipc.messages import Change, ObjectChanged, PictureTaken
from picket.runtime.serving.notify_door import Browsers, EventPictures, NotifyDoor
from picket.store.events import put_event
from picket.store.push_subscriptions import put_subscription
from tests.support.direct_commands import DirectCommands
from tests.support.fake_live import FakeLive
from tests.support.fake_program import running_config
from tests.support.index_samples import EVENT, make_index
from tests.support.push_service import Browser
from tests.support.receiver import receiver
from tests.support.servers import wait_for
from tests.unit.config.samples import config
from tests.unit.topics.samples import AFTER, BEFORE, scene

SEEN = ObjectChanged(Change.NEW, BEFORE, AFTER, AFTER.frame_time + 0.1)


@contextmanager
def running(folder: Path, url: str, **rule: Any) -> Iterator[NotifyDoor]:
    paths = MediaPaths(folder / "media")
    prepare_media(paths)
    told = {
        "channels": {"hook": {"type": "webhook", "url": url}},
        "rules": {"r": {"channels": ["hook"], **rule}},
    }
    settings = running_config(config(notifications=told, ui={"timezone": "Nowhere/Land"}))
    db = make_index(folder / "index.db")
    commands = DirectCommands(db, paths)
    door = NotifyDoor(settings, FakeLive(), commands, paths, folder / "index.db")
    stop = threading.Event()
    thread = threading.Thread(target=door.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield door
    finally:
        stop.set()
        door.ring()
        thread.join(10)
        assert not thread.is_alive()
        db.close()


def test_only_objects_that_are_believed_in_are_told(tmp_path: Path) -> None:
    doubtful = replace(AFTER, false_positive=True, id="doubtful")
    with receiver() as there, running(tmp_path, there.url) as door:
        door.hear(scene())
        door.hear(PictureTaken("front", "person", b"jpeg"))
        door.hear(ObjectChanged(Change.UPDATE, BEFORE, doubtful))
        door.hear(SEEN)
        wait_for(lambda: door.deliveries(), 10, "delivery")
    assert [one["event_id"] for one in there.bodies] == [AFTER.id]


def test_after_it_stopped_nothing_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    with receiver() as there:
        with running(tmp_path, there.url) as door:
            pass
        door.hear(SEEN)
        with pytest.raises(Unavailable, match="not running"):
            door.attempt("hook")
    assert there.got == []


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[ReaderPool]:
    db = make_index(tmp_path / "index.db")
    put_event(db, replace(EVENT, thumbnail=b"thumbnail"))
    put_subscription(db, Browser().subscription("https://web.push.apple.com/x"))
    db.close()
    pool = ReaderPool(tmp_path / "index.db")
    yield pool
    pool.close()


def test_a_picture_is_looked_for_at_the_camera_on_the_disk_and_in_the_index(
    tmp_path: Path, readers: ReaderPool
) -> None:
    live = FakeLive()
    pictures = EventPictures(live, tmp_path, readers)
    subject = Subject(When.END, EVENT.id, 0.0, camera=EVENT.camera)
    assert pictures.picture(subject) == b"thumbnail"
    (tmp_path / f"{EVENT.camera}-{EVENT.id}.jpg").write_bytes(b"file")
    assert pictures.picture(subject) == b"file"
    live.snapshots[(EVENT.camera, EVENT.id)] = b"live"
    assert pictures.picture(subject) == b"live"
    assert pictures.picture(replace(subject, id="../../etc/passwd")) is None


def test_browsers_come_from_the_index_and_go_by_the_keeper(readers: ReaderPool) -> None:
    class Keeper:
        asked: list[object]

        def carry_out(self, command: object) -> None:
            self.asked = [command]

    keeper = Keeper()
    browsers = Browsers(readers, keeper)
    (one,) = browsers.all()
    browsers.forget(one.endpoint)
    assert keeper.asked == [UnsubscribeBrowser(one.endpoint)]
