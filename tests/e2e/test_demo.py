"""`picket demo`: a visitor becomes one event, with picture, clip and playlist, within a minute."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from websockets.sync.client import connect

from picket.config.load import load_config
from picket.config.root import Config
from picket.detect.backends.hog import HogBackend
from picket.detect.letterbox import letterbox
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.ids import ALPHABET
from picket.domain.look import Answer, Ask
from picket.events.happenings import EventStored
from picket.pipeline.camera import step
from picket.pipeline.memory import CameraMemory
from picket.pipeline.rules import DetectorInUse, compile_rules
from tests.support.servers import (
    Picket,
    count_frames,
    decode_errors,
    end_tree,
    free_port,
    probe_errors,
    wait_for,
)

ROUNDS = 3  # of the scene; the second and third begin with what the one before left behind


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picket]:
    folder = tmp_path_factory.mktemp("demo")
    media, log, port = folder / "media", folder / "log", free_port()
    command = [sys.executable, "-m", "picket", "demo", "--media", str(media)]
    env = {name: value for name, value in os.environ.items() if name != "PICKET_DEMO_VIDEO"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            stdout=output,
            stderr=output,
            env=env,
            start_new_session=True,
        )
    try:
        yield Picket(process, port, media, log)
    finally:
        end_tree(process)


def people(demo: Picket) -> list[Any]:
    return list(demo.json("/api/events?labels=person&has_clip=1&has_snapshot=1") or [])


def test_a_visitor_becomes_an_event_with_picture_clip_and_playlist(
    demo: Picket, tmp_path: Path
) -> None:
    event = wait_for(lambda: people(demo), 60, "event of a person")[0]
    assert (event["camera"], event["label"]) == ("yard", "person")
    status, picture = demo.fetch(f"/api/events/{event['id']}/snapshot.jpg")
    assert (status, picture[:2]) == (200, b"\xff\xd8")
    status, body = demo.fetch(f"/api/events/{event['id']}/clip.mp4")
    assert status == 200
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(body)
    assert probe_errors(clip) == ""
    assert decode_errors(clip) == ""
    assert count_frames(clip) > 10
    assert decode_errors(demo.url(f"/vod/event/{event['id']}/index.m3u8")) == ""


def socket_url(demo: Picket, path: str) -> str:
    """Address of a WebSocket, once somebody listens."""
    wait_for(lambda: demo.json("/api/stats"), 180, "HTTP server")  # the scene is drawn first
    return demo.url(path).replace("http", "ws", 1)


def hear_visit(demo: Picket) -> list[tuple[str, object]]:
    """What /ws tells of the next visit from its first message to the last, an `update` once."""
    told: list[tuple[str, object]] = []
    with connect(socket_url(demo, "/ws")) as client:
        while not told or told[-1] != ("path/all", 0):
            message = json.loads(client.recv(60))
            topic, payload = message["topic"], message["payload"]
            if topic == "events":
                payload = json.loads(payload)["type"]
            is_ours = topic in ("events", "yard/person", "yard/all", "path/person", "path/all")
            is_begun = told or (topic, payload) == ("events", "new")
            if is_ours and is_begun and told[-1:] != [(topic, payload)]:
                told.append((topic, payload))
    return told


def test_a_visit_is_told_over_the_websocket_in_the_order_that_clients_know(demo: Picket) -> None:
    told = hear_visit(demo)
    later_updates = told.index(("path/all", 1)) + 1
    if told[later_updates] == ("events", "update"):  # he walks on: how often is nobody's rule
        del told[later_updates]
    assert told == [
        ("events", "new"),
        ("yard/person", 1),
        ("yard/all", 1),
        ("events", "update"),
        ("path/person", 1),
        ("path/all", 1),
        ("events", "end"),
        ("yard/all", 0),
        ("yard/person", 0),
        ("path/person", 0),
        ("path/all", 0),
    ]


def test_the_yard_can_be_watched_live(demo: Picket, tmp_path: Path) -> None:
    video = tmp_path / "live.ts"
    with connect(socket_url(demo, "/live/jsmpeg/yard")) as client, video.open("wb") as file:
        for _ in range(15):
            piece = client.recv(10)
            assert isinstance(piece, bytes)
            file.write(piece)
    assert decode_errors(video) == ""
    with av.open(str(video)) as container:
        frames = list(container.decode(video=0))
        assert container.streams.video[0].codec_context.name == "mpeg1video"
    assert len(frames) == 15
    assert (frames[0].width, frames[0].height) == (1280, 720)


def test_sigterm_ends_it_within_five_seconds_and_without_a_complaint(demo: Picket) -> None:
    assert demo.stop() < 5.0
    log = demo.log.read_text()
    assert "Traceback" not in log
    assert " ERROR " not in log


class BuiltIn:
    """The built-in detector without a process around it."""

    def __init__(self, config: Config) -> None:
        (section,) = config.detectors.values()
        self.backend = HogBackend(section)

    def detect(self, frame: Frame, asks: Sequence[Ask]) -> Answer:
        found = (one for ask in asks for one in self._look(frame, ask.region))
        return Answer(tuple(found), tuple(ask.region for ask in asks))

    def _look(self, frame: Frame, region: Box) -> list[Detection]:
        info = self.backend.info
        crop = np.empty((info.height, info.width, 3), np.uint8)
        placement = letterbox(frame, region, crop, pixel_format=info.pixel_format)
        found = (placement.to_frame(one) for one in self.backend.infer(crop))
        return [one for one in found if one is not None]


def frames(video: Path, rounds: int) -> Iterator[Frame]:
    """Five a second of a scene of 15, again and again."""
    with av.open(str(video)) as container:
        pictures = [p.to_ndarray() for p in container.decode(video=0)][::3]
    for n in range(rounds * len(pictures)):
        yield Frame(1_700_000_000 + n / 5, pictures[n % len(pictures)].astype(np.uint8, copy=False))


def test_every_visit_is_one_event(demo: Picket) -> None:
    config = load_config(demo.media / "demo.yml", {})
    detector = BuiltIn(config)
    in_use = DetectorInUse("hog", detector.backend.info)
    rules = compile_rules(config.cameras["yard"], 1280, 720, in_use)
    memory, begun = CameraMemory(), set[str]()
    for frame in frames(demo.media / "scene.mp4", ROUNDS):
        memory, result = step(
            memory,
            frame,
            detector,
            rules,
            lambda: [secrets.randbelow(len(ALPHABET)) for _ in range(6)],
        )
        begun |= {h.event.id for h in result.happenings if isinstance(h, EventStored)}
    assert len(begun) == ROUNDS
