"""One walking person on a real video, as a broker is told of him."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.support.mosquitto import PASSWORD, USER, OtherClient, mosquitto, other_client
from tests.support.servers import DATA, Picket, rtsp_server, running_picket, wait_for

CONFIG = """
mqtt:
  {{host: 127.0.0.1, port: {port}, user: {user}, password: {password},
    stats_interval: 2, discovery: on}}
detectors: {{onnx: {{type: onnx}}}}
model: {{path: {model}, model_type: yolox}}
cameras:
  hall:
    ffmpeg:
      inputs: [{{path: "{url}/hall", roles: [detect]}}]
    detect: {{width: 768, height: 432, fps: 5, max_disappeared: 10}}
    objects: {{track: [person]}}
    zones:
      table: {{coordinates: "0.0,0.0,1.0,0.0,1.0,0.97,0.0,0.97"}}
    motion: {{mqtt_off_delay: 3}}
    mqtt: {{height: 200, crop: true, bounding_box: false, timestamp: false, quality: 80}}
snapshots: {{enabled: true}}
"""


AVAILABLE, SNAPSHOT = "frigate/available", "frigate/hall/person/snapshot"
PASSING = ("events", "stats", "motion", "person", "all", "set")
"""Last level of topics that a broker does not keep."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What was told until the person was gone."""

    picket: Picket
    port: int
    witness: OtherClient

    def news(self) -> list[str]:
        """Messages of the camera and the zone in their order, `events` with their type."""
        told = []
        for one in list(self.witness.heard):
            topic = one.topic.removeprefix("frigate/")
            if topic == "events":
                told.append(f"events {json.loads(one.payload)['type']}")
            elif re.fullmatch(r"(hall|table)/(all|person|motion)", topic):
                told.append(f"{topic} {one.payload.decode()}")
            elif topic == "hall/person/snapshot":
                told.append(topic)
        return told


def one_visit(folder: Path) -> Path:
    """An empty hall for 19 s, somebody at the table for 14, and the empty hall again."""
    source, target = DATA / "videos" / "indoor_one_by_one_person.mp4", folder / "hall.mp4"
    empty = "trim=0:5,setpts=PTS-STARTPTS,loop={}:50,setpts=N/10/TB"
    parts = (
        f"[0:v]{empty.format(2)}[before]",
        "[1:v]trim=2:20.4,setpts=PTS-STARTPTS[visit]",
        f"[2:v]{empty.format(40)}[after]",
        "[before][visit][after]concat=n=3",
    )
    graph = ";".join(parts)
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-an"]
    inputs = ["-i", str(source)] * 3
    command = ["ffmpeg", "-v", "error", *inputs, "-filter_complex", graph, *encode, str(target)]
    subprocess.run(command, check=True)
    return target


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("hall")
    model = DATA / "models" / "yolox_nano.onnx"
    with (
        mosquitto(folder) as broker,
        other_client(broker.port) as witness,
        rtsp_server({"hall": one_visit(folder)}) as url,
    ):
        config = CONFIG.format(port=broker.port, user=USER, password=PASSWORD, url=url, model=model)
        with running_picket(folder, config) as picket:
            walk = Walk(picket, broker.port, witness)
            wait_for(lambda: "events end" in walk.news(), 90, "end of the visit")
            wait_for(lambda: walk.news()[-1] == "hall/motion OFF", 30, "quiet")
            yield walk


def test_it_is_told_in_the_order_that_clients_know(walk: Walk) -> None:
    passing = ("hall/motion", "hall/person/snapshot", "events update")
    told = [one for one in walk.news() if not one.startswith(passing)]
    begin = told.index("events new")
    assert told[:2] == ["hall/all 0", "table/all 0"]
    assert all(one.endswith(" 0") for one in told[:begin])  # once more for who was announced to
    assert told[begin:] == [
        *("events new", "hall/person 1", "hall/all 1"),
        *("table/person 1", "table/all 1"),
        *("events end", "hall/all 0", "hall/person 0", "table/person 0", "table/all 0"),
    ]
    rest = iter(walk.news())
    for wanted in (
        *("hall/all 0", "table/all 0", "hall/motion ON"),
        *("events new", "hall/person/snapshot", "hall/person 1"),
        *("events update", "table/person 1"),
        *("events end", "hall/person 0", "hall/person/snapshot", "table/person 0"),
        "hall/motion OFF",
    ):
        assert wanted in rest, f"{wanted} does not come in its turn: {walk.news()}"


def test_its_events_say_what_became_of_it(walk: Walk) -> None:
    told = [json.loads(one) for one in walk.witness.told("frigate/events")]
    assert [one["before"]["false_positive"] for one in told] == [True] + [False] * (len(told) - 1)
    assert {one["after"]["id"] for one in told} == {told[0]["after"]["id"]}
    assert told[-1]["after"]["entered_zones"] == ["table"]
    assert told[-1]["after"]["end_time"] > told[-1]["after"]["start_time"]


def test_its_picture_is_as_the_user_wants_it(walk: Walk) -> None:
    pictures = [o.payload for o in walk.witness.heard if o.topic == "frigate/hall/person/snapshot"]
    picture = cv2.imdecode(np.frombuffer(pictures[0], np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape[0] == 200
    assert picture.shape[1] < 768 * 200 / 432  # cut out
    assert pictures[-1] == pictures[-2]  # told again at the end


def test_a_late_client_finds_states_pictures_and_devices_and_no_passing_news(walk: Walk) -> None:
    with other_client(walk.port) as late:
        wait_for(lambda: late.told("frigate/available"), 10, "kept state")
        kept = {one.topic for one in late.heard if one.retain}
        assert {"frigate/available", "frigate/hall/detect/state", SNAPSHOT} <= kept
        assert {topic.split("/")[2] for topic in kept if topic.startswith("homeassistant")} == {
            "picket-frigate",
            "picket-frigate-camera-hall",
            "picket-frigate-zone-table",
        }
        assert not {topic for topic in kept if topic.split("/")[-1] in PASSING}
        wait_for(lambda: late.told("frigate/stats"), 20, "statistics")
        stats = json.loads(late.told("frigate/stats")[0])
        assert stats["cameras"]["hall"]["camera_fps"] > 0


def test_a_command_changes_the_running_system(walk: Walk) -> None:
    with other_client(walk.port) as boss:
        boss.say("frigate/hall/detect/set", "OFF")
        for client in (boss, walk.witness):
            client.wait("frigate/hall/detect/state", "OFF")
        assert walk.picket.json("/api/config")["cameras"]["hall"]["detect"]["enabled"] is False

        def is_off() -> bool:
            stats = walk.picket.json("/api/stats")["cameras"]["hall"]
            return stats["detection_enabled"] in (False, 0)

        wait_for(is_off, 10, "end of detection")


def test_a_server_that_is_killed_is_offline_until_it_is_back(walk: Walk) -> None:
    (server,) = walk.picket.roles()["server"]
    walk.witness.heard.clear()
    os.kill(server, signal.SIGKILL)
    wait_for(lambda: walk.witness.told(AVAILABLE) == ["offline", "online"], 40, "return")


def test_a_restart_that_is_asked_for_and_a_clean_end_say_offline(walk: Walk) -> None:
    walk.witness.heard.clear()
    with other_client(walk.port) as boss:
        boss.say("frigate/restart", "now")
    wait_for(lambda: walk.witness.told(AVAILABLE) == ["offline", "online"], 40, "return")
    wait_for(lambda: walk.picket.json("/api/stats"), 20, "server")
    walk.picket.stop()
    wait_for(lambda: walk.witness.told(AVAILABLE)[2:] == ["offline"], 5, "good-bye")
    log = walk.picket.log.read_text()
    assert "Traceback" not in log
    assert PASSWORD not in log
