"""The WebSocket /live/jsmpeg/<camera>: live video."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from picket.api.offline import BACKGROUND
from picket.domain.frame import Picture
from tests.contract.conftest import NOW, Door
from tests.support.fake_live import make_frame
from tests.support.servers import decode_errors, wait_for
from tests.support.socket_server import Served, serving

PATIENCE_S = 10.0
SIZE = (720, 1280)  # height and width, by the default of `live.height`


@pytest.fixture
def served(door: Door) -> Iterator[Served]:
    door.live.show("front", make_frame(NOW, luma=200))
    with serving(door.context) as running:
        yield running


def watching(served: Served, camera: str = "front") -> ClientConnection:
    return connect(f"ws://{served.host}/live/jsmpeg/{camera}", compression=None)


def pieces(client: ClientConnection, count: int) -> bytes:
    """The stream as far as so many frames."""
    data = [client.recv(PATIENCE_S) for _ in range(count)]
    return b"".join(piece for piece in data if isinstance(piece, bytes))


def decode(data: bytes, folder: Path, size: tuple[int, int] = SIZE) -> list[Picture]:
    """Every picture of a stream that must be without fault."""
    file, height, width = folder / "live.ts", *size
    file.write_bytes(data)
    assert decode_errors(file) == ""
    to_raw = ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "bgr24", "-"]
    command = ["ffmpeg", "-v", "error", "-i", str(file), *to_raw]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return list(np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3))


def encoders() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith("live:")]


def test_the_newest_frames_are_shown_as_mpeg1_in_a_transport_stream(
    door: Door, served: Served, tmp_path: Path
) -> None:
    with watching(served) as client:
        data = pieces(client, 1)
        for luma in (60, 180):
            door.live.show("front", make_frame(NOW, luma=luma))
            data += pieces(client, 1)
    brightness = [float(picture.mean()) for picture in decode(data, tmp_path)]
    assert brightness == pytest.approx([214, 51, 191], abs=4)
    show = ["-show_entries", "stream=codec_name,width,height,has_b_frames,r_frame_rate"]
    probe = ["ffprobe", "-v", "error", *show, "-of", "json", str(tmp_path / "live.ts")]
    streams = json.loads(subprocess.run(probe, check=True, capture_output=True).stdout)["streams"]
    assert len(streams) == 1
    assert (streams[0]["codec_name"], streams[0]["r_frame_rate"]) == ("mpeg1video", "25/1")
    assert (streams[0]["height"], streams[0]["width"]) == SIZE


def test_a_picture_that_stays_is_sent_again(served: Served, tmp_path: Path) -> None:
    with watching(served) as client:
        data = pieces(client, 3)
    assert len(decode(data, tmp_path)) == 3


def test_all_viewers_share_one_encoder_and_begin_at_a_keyframe(
    door: Door, served: Served, tmp_path: Path
) -> None:
    assert encoders() == []
    with watching(served) as one:
        pieces(one, 1)
        door.live.show("front", make_frame(NOW, luma=60))
        pieces(one, 1)
        with watching(served) as other:
            late = pieces(other, 1)
            assert encoders() == ["live:front"]
        pieces(one, 1)  # it goes on for the one who stays
    (picture,) = decode(late, tmp_path)
    assert picture.mean() < 70
    wait_for(lambda: not encoders(), PATIENCE_S, "end of the encoder")


def test_a_silent_camera_shows_the_notice(door: Door, served: Served, tmp_path: Path) -> None:
    with watching(served) as client:
        data = pieces(client, 1)
        door.times[0] = NOW + 60
        data += pieces(client, 1)
        door.live.show("front", make_frame(NOW + 60, luma=200))
        data += pieces(client, 1)
    before, silent, after = decode(data, tmp_path)
    assert before.mean() > 200
    assert after.mean() > 200
    assert silent[-20:].mean(axis=(0, 1)) == pytest.approx(BACKGROUND, abs=6)
    assert silent.max() > 200  # the text


def test_a_camera_that_never_showed_anything_has_a_notice_too(
    served: Served, tmp_path: Path
) -> None:
    with watching(served, "back") as client:
        (picture,) = decode(pieces(client, 1), tmp_path)
    assert picture[-20:].mean(axis=(0, 1)) == pytest.approx(BACKGROUND, abs=6)


def test_the_player_gets_the_subprotocol_it_asks_for(served: Served) -> None:
    url = f"ws://{served.host}/live/jsmpeg/front"
    with connect(url, subprotocols=[Subprotocol("null")]) as client:
        assert client.subprotocol == "null"
        pieces(client, 1)
    with connect(url) as client:
        assert client.subprotocol is None


def test_an_unknown_camera_is_refused(served: Served) -> None:
    with pytest.raises(InvalidStatus) as refused, watching(served, "nobody"):
        pass
    assert refused.value.response.status_code == 404
    message = {"success": False, "message": "Camera not found"}
    assert json.loads(refused.value.response.body) == message


def test_the_page_of_another_site_sees_nothing(served: Served) -> None:
    url, headers = f"ws://{served.host}/live/jsmpeg/front", {"Origin": "http://elsewhere"}
    with pytest.raises(InvalidStatus, match="403"), connect(url, additional_headers=headers):
        pass


def test_what_a_viewer_says_is_ignored(served: Served) -> None:
    with watching(served) as client:
        client.send("pause")
        client.send(b"\0")
        assert pieces(client, 2)


def test_viewers_are_told_when_the_server_stops(served: Served) -> None:
    with watching(served) as client:
        pieces(client, 1)
        served.stop()
        with pytest.raises(ConnectionClosed, match="1012"):
            pieces(client, 50)
    wait_for(lambda: not encoders(), PATIENCE_S, "end of the encoder")
