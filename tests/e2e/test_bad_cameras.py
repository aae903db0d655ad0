"""Three bad cameras beside a good one: it does not notice, and each of them says what is wrong."""

from __future__ import annotations

import itertools
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import pytest

from tests.support.servers import (
    Picket,
    free_port,
    loop_video,
    rtsp_server,
    running_picket,
    wait_for,
)

BAD = ("refusing", "garbage", "silent")
SECRETS = ("hunter2", "swordfish")


@contextmanager
def tcp_server(*, says: bytes) -> Iterator[int]:
    """Accepts everyone and says the same again and again, or nothing; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    clients: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:  # closed: the test is over
                return
            clients.append(client)
            threading.Thread(target=talk, args=(client,), daemon=True).start()

    def talk(client: socket.socket) -> None:
        with suppress(OSError):  # the other side has heard enough
            while says:
                client.sendall(says)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for client in clients:
            client.close()


def camera(name: str, url: str) -> str:
    return (
        f"  {name}:\n"
        f"    ffmpeg: {{inputs: [{{path: '{url}', roles: [detect, record]}}]}}\n"
        "    detect: {width: 320, height: 180, fps: 5, enabled: false}\n"
    )


@pytest.fixture(scope="module")
def picket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picket]:
    folder = tmp_path_factory.mktemp("bad")
    scene = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=10", "-c:v", "libx264", "-g", "10"]
    short = folder / "short.mp4"
    encode = [*scene, "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(short)]
    subprocess.run(["ffmpeg", "-v", "error", *encode], check=True)
    looped = loop_video(short, folder / "long.mp4", rounds=30)
    garbage = bytes(range(256)) * 400
    with (
        rtsp_server({"good": looped}) as url,
        tcp_server(says=garbage) as garbage_port,
        tcp_server(says=b"") as silent_port,
    ):
        cameras = (
            camera("good", f"{url}/good"),
            camera("refusing", f"rtsp://admin:hunter2@127.0.0.1:{free_port()}/1"),
            camera("garbage", f"tcp://127.0.0.1:{garbage_port}?password=swordfish"),
            camera("silent", f"rtsp://admin:hunter2@127.0.0.1:{silent_port}/1"),
        )
        config = (
            "mqtt: {enabled: false}\n"
            "record: {enabled: true, retain: {days: 1, mode: all}}\n"
            f"cameras:\n{''.join(cameras)}"
        )
        with running_picket(folder, config) as running:
            yield running


def stats(picket: Picket) -> dict[str, Any]:
    return dict((picket.json("/api/stats") or {}).get("cameras", {}))


def test_every_bad_camera_is_shown_offline_with_a_reason(picket: Picket) -> None:
    def all_offline() -> dict[str, Any] | None:
        shown = stats(picket)
        is_so = shown and all(shown[name]["state"] == "offline" for name in BAD)
        return shown if is_so else None

    shown = wait_for(all_offline, 40, "three offline cameras")
    assert "refused" in shown["refusing"]["state_detail"]
    assert "not a stream" in shown["garbage"]["state_detail"]
    assert shown["silent"]["state_detail"]
    assert all(shown[name]["camera_fps"] == 0 for name in BAD)


def test_every_bad_camera_has_one_gap_that_lasts(picket: Picket) -> None:
    for name in BAD:
        gaps = wait_for(partial(picket.json, f"/api/gaps?camera={name}"), 10, f"gap of {name}")
        assert [gap["end_time"] for gap in gaps] == [None]
        assert gaps[0]["detail"]
        assert gaps[0]["reason"] == ("stalled" if name == "silent" else "camera_offline")


def test_the_good_camera_records_without_a_hole(picket: Picket) -> None:
    def three() -> list[Any] | None:
        rows = list(picket.json("/api/good/recordings") or [])
        return rows if len(rows) >= 4 else None

    rows = wait_for(three, 60, "three closed segments of the good camera")
    for before, after in itertools.pairwise(rows):
        assert after["start_time"] == pytest.approx(before["end_time"], abs=0.001)
    assert picket.json("/api/gaps?camera=good") == []
    assert stats(picket)["good"]["state"] == "online"


def test_credentials_show_nowhere(picket: Picket) -> None:
    places = ["/api/stats", "/api/config", *(f"/api/gaps?camera={name}" for name in BAD)]
    texts = {place: picket.fetch(place)[1].decode() for place in places}
    texts["log"] = picket.log.read_text()
    assert "127.0.0.1" in texts["/api/config"]
    for place, text in texts.items():
        assert not any(secret in text for secret in SECRETS), place


def test_a_stop_does_not_wait_for_them(picket: Picket) -> None:
    assert picket.stop() < 5.0
    assert "Traceback" not in picket.log.read_text()
