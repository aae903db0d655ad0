"""The whole door over a real index, real files and cameras that a test moves by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import BaseRoute

from picket.api.app import create_app, make_routes
from picket.api.deps import ServerContext
from picket.api.running_config import RunningConfig
from picket.config.database import DatabaseUrl
from picket.config.load import load_text
from picket.config.paths import MediaPaths, prepare_media
from picket.config.root import Config
from picket.domain.status import BrokerStatus
from picket.ptz.cameras import PtzCameras
from picket.runtime.serving.notify_door import NotifyDoor
from picket.runtime.serving.topic_hub import TopicHub
from picket.store.database import Database
from tests.support.claims import Ledger
from tests.support.direct_commands import DirectCommands
from tests.support.fake_live import FakeLive
from tests.support.fake_program import FakeProgram
from tests.support.http_client import HttpClient, recorded_requests
from tests.support.index_samples import NOON, make_index
from tests.support.yaml_text import yaml_text

NOW = NOON + 3600

LEDGER = pytest.StashKey[Ledger]()

CONFIG: dict[str, Any] = {
    "mqtt": {"host": "broker", "user": "nvr", "password": "hush-broker"},
    "ui": {"timezone": "UTC"},
    "cameras": {
        name: {
            "ffmpeg": {
                "inputs": [{"path": f"rtsp://admin:hush-camera@{name}/1", "roles": ["detect"]}]
            },
            "detect": {"width": 640, "height": 360},
            "zones": {"porch": {"coordinates": "0,0,320,0,320,180,0,180"}},
            "motion": {"mask": ["0,300,640,300,640,360,0,360"]},
        }
        for name in ("front", "back")
    },
}


CONFIG_TEXT = f"# what the tests run by\n{yaml_text(CONFIG)}"


@dataclass
class Door:
    """A running door and everything behind it."""

    client: HttpClient
    db: Database
    live: FakeLive
    commands: DirectCommands
    paths: MediaPaths
    times: list[float]  # one: what the clock shows
    config_file: Path
    program: FakeProgram
    settings: RunningConfig
    context: ServerContext
    topics: TopicHub
    brokers: list[BrokerStatus]  # none, or the one that is configured


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[LEDGER] = Ledger()
    config.stash[LEDGER].expect(items)


@pytest.fixture(autouse=True)
def _claims_are_true(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that is marked with an endpoint has asked it, with the parameters that are named."""
    with recorded_requests() as sent:
        yield
    untrue = request.config.stash[LEDGER].untrue_claims(request.node, sent)
    is_whole = not any("[" in argument for argument in request.config.args)
    assert not (is_whole and untrue), f"marked with what the test never sent: {untrue}"


@pytest.fixture
def index_place(tmp_path: Path) -> Path | DatabaseUrl:
    """Where the index lies, unless a test wishes otherwise."""
    return tmp_path / "index.db"


@cache
def _config() -> Config:
    return load_text(CONFIG_TEXT, "config.yml", {})


@cache
def _routes() -> list[BaseRoute]:
    """Of all applications in common: to build them takes longer than most tests."""
    return make_routes().router.routes


@pytest.fixture
def door(tmp_path: Path, index_place: Path | DatabaseUrl) -> Iterator[Door]:
    paths = MediaPaths(tmp_path / "media")
    prepare_media(paths)
    db = make_index(index_place)
    live = FakeLive()
    commands = DirectCommands(db, paths)
    topics = TopicHub()
    times = [NOW]
    file = tmp_path / "config.yml"
    file.write_text(CONFIG_TEXT)
    program = FakeProgram()
    brokers: list[BrokerStatus] = []
    settings = RunningConfig(_config(), file, program)
    context = ServerContext(
        settings=settings,
        paths=paths,
        database=index_place,
        live=live,
        commands=commands,
        program=program,
        topics=topics,
        ptz=PtzCameras({}),
        notifications=NotifyDoor(settings, live, commands, paths, index_place),
        started_time=NOON,
        version="0.13.2-test",
        clock=lambda: times[0],
        broker=lambda: brokers[0] if brokers else None,
        page=tmp_path / "page",
    )
    app = create_app(context)
    app.router.routes[:] = _routes()
    client = HttpClient(app)
    around = (file, program, settings, context, topics, brokers)
    yield Door(client, db, live, commands, paths, times, *around)
    client.close()
    app.state.services.readers.close()
    db.close()
