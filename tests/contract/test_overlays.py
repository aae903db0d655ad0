"""The WebSocket /live/overlays/<camera>: what was found in each analysed frame."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from picket.domain.geometry import Box
from picket.domain.overlay import AttributeBox, FrameNotes
from tests.contract.conftest import NOW, Door
from tests.contract.test_live import NOTES, PERSON
from tests.support.fake_live import make_frame
from tests.support.servers import wait_for
from tests.support.socket_server import Served, serving

PATIENCE_S = 10.0


@pytest.fixture
def served(door: Door) -> Iterator[Served]:
    with serving(door.context) as running:
        yield running


def watching(served: Served, camera: str = "front") -> ClientConnection:
    return connect(f"ws://{served.host}/live/overlays/{camera}", compression=None)


def show(door: Door, time: float, notes: FrameNotes = NOTES) -> None:
    door.live.show("front", make_frame(time), replace(notes, frame_time=time))


def heard(client: ClientConnection) -> Any:
    message = client.recv(PATIENCE_S)
    assert isinstance(message, str)
    return json.loads(message)


def test_who_comes_hears_of_the_newest_frame_and_then_of_each(door: Door, served: Served) -> None:
    show(door, NOW)
    with watching(served) as client:
        assert heard(client) == {
            "time": NOW,
            "objects": [
                {
                    "id": "1.0-abc123",
                    "label": "person",
                    "sub_label": None,
                    "score": 0.9,
                    "box": [0.625, 0.2778, 0.1562, 0.5556],
                    "is_seen": True,
                    "stationary": False,
                    "current_zones": [],
                    "attributes": [],
                }
            ],
            "motion": [[0.6562, 0.3333, 0.0938, 0.2222]],
            "regions": [[0.4688, 0.0556, 0.5, 0.8889]],
        }
        for time in (NOW + 0.2, NOW + 0.4):
            show(door, time, FrameNotes())
            assert heard(client) == {"time": time, "objects": [], "motion": [], "regions": []}


def test_names_parts_zones_and_hidden_places_are_told(door: Door, served: Served) -> None:
    face = AttributeBox("face", 0.777, Box(416, 108, 448, 144))
    hidden = Box(0, 0, 64, 36)
    ann = replace(PERSON, sub_label=("Ann", 0.8), current_attributes=(face,))
    known = replace(PERSON, id="other", is_seen=False, hidden_box=hidden, stationary=True)
    known = replace(known, current_zones=("porch", "yard"))
    show(door, NOW, FrameNotes(objects=(ann, known)))
    with watching(served) as client:
        named, behind = heard(client)["objects"]
    assert named["sub_label"] == "Ann"
    assert named["attributes"] == [
        {"label": "face", "score": 0.78, "box": [0.65, 0.3, 0.05, 0.1]},
    ]
    assert (behind["box"], behind["is_seen"]) == ([0.0, 0.0, 0.1, 0.1], False)
    assert behind["stationary"] is True
    assert (named["current_zones"], behind["current_zones"]) == ([], ["porch", "yard"])


def test_who_reads_late_misses_frames_and_delays_nobody(door: Door, served: Served) -> None:
    long = FrameNotes(objects=(replace(PERSON, label="x" * 400_000),))  # more than sockets hold
    show(door, NOW, long)
    with watching(served) as idle, watching(served) as quick:
        for number in range(60):
            assert heard(quick)["time"] == NOW + number
            show(door, NOW + number + 1, long)
        late = [heard(idle)["time"]]
        while late[-1] < NOW + 60:
            late.append(heard(idle)["time"])
    assert late == sorted(set(late))
    assert len(late) < 60


def test_a_camera_is_looked_at_only_while_somebody_listens(door: Door, served: Served) -> None:
    show(door, NOW)
    with watching(served) as client:
        heard(client)
        looks = door.live.looks
        wait_for(lambda: door.live.looks > looks, PATIENCE_S, "another look")
    counts: list[int] = []

    def has_ended() -> bool:
        counts.append(door.live.looks)
        return len(counts) > 5 and counts[-5] == counts[-1]

    wait_for(has_ended, PATIENCE_S, "the last look")


def test_a_camera_that_is_none_is_refused(served: Served) -> None:
    with pytest.raises(InvalidStatus) as refused, watching(served, "nobody"):
        pass
    assert refused.value.response.status_code == 404
    assert json.loads(refused.value.response.body)["success"] is False


def test_the_page_of_another_site_hears_nothing(served: Served) -> None:
    url, headers = f"ws://{served.host}/live/overlays/front", {"Origin": "http://elsewhere"}
    with pytest.raises(InvalidStatus, match="403"), connect(url, additional_headers=headers):
        pass
