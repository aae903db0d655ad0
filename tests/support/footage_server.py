"""The HTTP door over footage that was made before, on a real port."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from picket.api.app import create_app
from picket.api.deps import ServerContext
from picket.config.load import parse_config
from picket.config.paths import MediaPaths, prepare_media
from picket.domain.errors import Unavailable
from picket.domain.segment import Segment
from picket.ipc.changes import Command
from picket.ptz.cameras import PtzCameras
from picket.runtime.serving.notify_door import NotifyDoor
from picket.runtime.serving.topic_hub import TopicHub
from picket.store.segments import put_segment
from tests.support.fake_live import FakeLive
from tests.support.fake_program import FakeProgram, running_config
from tests.support.index_samples import make_index
from tests.support.servers import free_port, wait_for


@contextmanager
def served_footage(root: Path, segments: Iterable[Segment], folder: Path) -> Iterator[str]:
    """Serve what the camera `front` recorded into a media folder; gives the address.

    Args:
        root: the media folder.
        segments: rows of its files.
        folder: where the index may lie.
    """
    paths = MediaPaths(root)
    prepare_media(paths)
    db = make_index(folder / "index.db")
    for segment in segments:
        put_segment(db, segment)
    camera = {"ffmpeg": {"inputs": [{"path": "rtsp://front/1", "roles": ["detect"]}]}}
    settings = running_config(
        parse_config({"mqtt": {"enabled": False}, "cameras": {"front": camera}})
    )
    live, commands, index = FakeLive(), _NoCommands(), folder / "index.db"
    context = ServerContext(
        settings=settings,
        paths=paths,
        database=index,
        live=live,
        commands=commands,
        program=FakeProgram(),
        topics=TopicHub(),
        ptz=PtzCameras({}),
        notifications=NotifyDoor(settings, live, commands, paths, index),
        started_time=0.0,
    )
    port = free_port()
    options = uvicorn.Config(create_app(context), port=port, log_level="error", lifespan="on")
    server = uvicorn.Server(options)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_for(lambda: server.started, 10, "HTTP server")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        db.close()


class _NoCommands:
    def carry_out(self, command: Command) -> None:
        raise Unavailable("nothing can be changed here")
