"""The WebSocket /live/mse/<camera>: a camera's own packets."""

from __future__ import annotations

import json
import pickle
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from picket.domain.stream import StreamLost
from picket.ipc.packet_ring import PacketRing, make_packet_block
from picket.media.fmp4 import read_fragment
from tests.contract.conftest import Door
from tests.support.packets import STREAM, WALL, gop, picture
from tests.support.servers import wait_for
from tests.support.socket_server import Served, serving

PATIENCE_S = 10.0
HELD = (STREAM, *gop(0, 5))


@pytest.fixture
def ring(door: Door) -> Iterator[PacketRing]:
    """What the front camera's worker writes; as that, it shows a new viewer what it holds."""
    block = make_packet_block("front")
    view, writer = PacketRing(block), PacketRing(block)
    door.live.rings = {("front", "sub"): view, ("front", "main"): view}
    door.live.on_watch = lambda is_new: write(writer, *HELD) if is_new else None
    yield writer
    block.close()


@pytest.fixture
def served(door: Door, ring: PacketRing) -> Iterator[Served]:
    with serving(door.context) as running:
        yield running


def write(ring: PacketRing, *items: object) -> None:
    for item in items:
        assert ring.write(pickle.dumps(item))


def watching(served: Served, stream: str = "main", camera: str = "front") -> ClientConnection:
    return connect(f"ws://{served.host}/live/mse/{camera}?stream={stream}", compression=None)


def heard(client: ClientConnection) -> Any:
    """The next message: words as JSON, or bytes."""
    message = client.recv(PATIENCE_S)
    return json.loads(message) if isinstance(message, str) else message


def opened(client: ClientConnection) -> Any:
    """The words before the init segment, which is read too."""
    words = heard(client)
    assert words["type"] == "init"
    assert heard(client)[4:8] == b"ftyp"
    return words


def samples(fragment: bytes) -> int:
    return len(read_fragment(fragment).runs[0].sizes)


@pytest.mark.parametrize("stream", ["main", "sub"])
def test_who_comes_sees_the_last_group_at_once_and_then_each_picture(
    served: Served, ring: PacketRing, stream: str
) -> None:
    with watching(served, stream) as client:
        assert opened(client) == {
            "type": "init",
            "codecs": "avc1.64001F",
            "width": 1280,
            "height": 720,
            "zero_time": WALL,
        }
        assert samples(heard(client)) == 4  # the fifth lasts until the sixth comes
        write(ring, picture(5))
        assert samples(heard(client)) == 1


def test_one_more_viewer_begins_where_the_first_one_did(
    door: Door, served: Served, ring: PacketRing
) -> None:
    with watching(served) as one:
        opened(one)
        heard(one)
        write(ring, picture(5))
        heard(one)
        with watching(served, "sub") as other:
            opened(other)
            first = heard(other)
            assert read_fragment(first).runs[0].decode_time == 0
        assert [is_new for _, _, is_new in door.live.watched].count(True) == 1


def test_a_camera_that_is_lost_is_told_with_its_reason_and_comes_back(
    served: Served, ring: PacketRing
) -> None:
    with watching(served) as client:
        opened(client)
        heard(client)
        write(ring, StreamLost("connection refused", 1705320000.5))
        told = {"type": "offline", "reason": "connection refused", "since": 1705320000.5}
        assert heard(client) == told
        with watching(served) as late:
            assert heard(late) == told
        write(ring, STREAM, *gop(0, 3))
        opened(client)


def test_a_stream_ends_with_its_last_viewer(door: Door, served: Served) -> None:
    with watching(served) as client:
        opened(client)
        assert [one.name for one in threading.enumerate()].count("mse") == 1
    wait_for(lambda: "mse" not in [one.name for one in threading.enumerate()], PATIENCE_S, "end")


@pytest.mark.parametrize(
    ("camera", "stream", "status", "word"),
    [("nobody", "main", 404, "not found"), ("front", "best", 400, "sub"), ("back", "sub", 503, "")],
)
def test_what_cannot_be_watched_is_refused(
    served: Served, camera: str, stream: str, status: int, word: str
) -> None:
    with pytest.raises(InvalidStatus) as refused, watching(served, stream, camera):
        pass
    assert refused.value.response.status_code == status
    answer = json.loads(refused.value.response.body)
    assert answer["success"] is False
    assert word in answer["message"]


def test_the_page_of_another_site_sees_nothing(served: Served) -> None:
    url, headers = f"ws://{served.host}/live/mse/front", {"Origin": "http://elsewhere"}
    with pytest.raises(InvalidStatus, match="403"), connect(url, additional_headers=headers):
        pass
