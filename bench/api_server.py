"""The real HTTP door over an index, without cameras: `python -m bench.api_server INDEX PORT`."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from bench.api_index import CAMERAS, END
from picket.api.app import create_app
from picket.api.deps import ServerContext
from picket.config.load import parse_config
from picket.config.paths import MediaPaths, prepare_media
from picket.ptz.cameras import PtzCameras
from picket.runtime.serving.notify_door import NotifyDoor
from picket.runtime.serving.topic_hub import TopicHub
from picket.store.database import open_database
from tests.support.direct_commands import DirectCommands
from tests.support.fake_live import FakeLive
from tests.support.fake_program import FakeProgram, running_config


def serve(index: Path, port: int) -> None:
    """Answer until terminated; the clock stands still at the end of the recordings."""
    config = parse_config({"cameras": {name: _camera(name) for name in CAMERAS}})
    media = MediaPaths(index.parent / "media")
    prepare_media(media)
    settings, live = running_config(config), FakeLive()
    commands = DirectCommands(open_database(index, read_only=True), media)
    context = ServerContext(
        settings=settings,
        paths=media,
        database=index,
        live=live,
        commands=commands,
        program=FakeProgram(),
        ptz=PtzCameras({}),
        notifications=NotifyDoor(settings, live, commands, media, index),
        topics=TopicHub(),
        started_time=END,
        clock=lambda: END,
    )
    uvicorn.run(create_app(context), port=port, log_config=None, access_log=False, lifespan="off")


def _camera(name: str) -> dict[str, object]:
    return {"ffmpeg": {"inputs": [{"path": f"rtsp://{name}.invalid/1", "roles": ["detect"]}]}}


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
