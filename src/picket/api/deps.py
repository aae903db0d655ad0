"""What every route may ask for: the program around it and a reader of the index."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import Depends, Request, Response

from picket import __version__
from picket.api.birdseye.composer import Birdseye
from picket.api.birdseye.idle import LOGO_NAME
from picket.api.disk_questions import DiskQuestions
from picket.api.history.keeper import StatsHistory
from picket.api.live_mse import Clocks, LiveMse
from picket.api.live_video import LiveVideo
from picket.api.page import PAGE_FOLDER, page_answer
from picket.api.pictures import LivePictures
from picket.api.ports import Commands, LiveCameras, Notifications, Program, Ptz, Topics
from picket.api.process_meter import ProcessMeter
from picket.api.readers import ReaderPool
from picket.api.request_meter import RequestMeter
from picket.api.running_config import RunningConfig
from picket.api.stamped_cache import StampedCache
from picket.api.submissions import Submissions
from picket.config.database import DatabaseUrl
from picket.config.paths import MediaPaths
from picket.config.root import Config
from picket.domain.errors import NotFound
from picket.domain.status import BrokerStatus
from picket.plus.account import NO_ACCOUNT, Account
from picket.store.database import Database

CONTRACT_VERSION = "0.13.2"
"""Clients choose their protocol by the first part of the version, so it is the contract's."""


@dataclass(frozen=True, slots=True)
class ServerContext:
    """The program around the door."""

    settings: RunningConfig
    paths: MediaPaths
    database: FilePath | DatabaseUrl
    live: LiveCameras
    commands: Commands
    program: Program
    topics: Topics
    ptz: Ptz
    notifications: Notifications
    started_time: float  # Unix seconds
    version: str = f"{CONTRACT_VERSION}-{__version__}"
    clock: Callable[[], float] = time.time
    plus: Account = NO_ACCOUNT  # at the labelling service
    page: FilePath = PAGE_FOLDER
    on_integration: Callable[[], None] = lambda: None  # Home Assistant's for Frigate was here
    broker: Callable[[], BrokerStatus | None] = lambda: None  # None: no broker is configured

    @property
    def config(self) -> Config:
        """The configuration in effect."""
        return self.settings.current

    def page_answer(self, request: Request) -> Response | None:
        """What the web page has at an address; None: nothing."""
        return page_answer(request, self.page, self.config.ui.frame_ancestors)

    def require_camera(self, camera: str) -> None:
        """Raises: NotFound when the configuration has no such camera."""
        if camera not in self.config.cameras:
            raise NotFound("Camera not found")

    def require_birdseye(self) -> None:
        """Raises: NotFound when the configuration wants no common picture."""
        if not self.config.birdseye.enabled:
            raise NotFound("Birdseye is off: set `birdseye.enabled` to true")


@dataclass(frozen=True, slots=True)
class Services:
    """What the door itself keeps between requests."""

    context: ServerContext
    readers: ReaderPool
    pictures: LivePictures
    video: LiveVideo
    mse: LiveMse
    meter: ProcessMeter
    submissions: Submissions
    cache: StampedCache
    history: StatsHistory
    requests: RequestMeter
    disk: DiskQuestions


def start_services(context: ServerContext) -> Services:
    """Everything that routes share; no file is opened before the first request."""
    readers = ReaderPool(context.database)
    birdseye = Birdseye(lambda: context.config, context.live, context.paths.media / LOGO_NAME)
    return Services(
        context,
        readers,
        LivePictures(lambda: context.config, context.live, birdseye),
        LiveVideo(lambda: context.config, context.live, birdseye, context.clock),
        LiveMse(context.live, Clocks(context.clock)),
        ProcessMeter(),
        Submissions(context.plus, readers, context.commands, context.paths.clips),
        StampedCache(),
        StatsHistory(context.paths.statistics, context.clock),
        RequestMeter(),
        DiskQuestions(),
    )


# The functions below are coroutines because FastAPI would send plain ones through a thread first.


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def _context(request: Request) -> ServerContext:
    return (await _services(request)).context


async def _store(request: Request) -> AsyncGenerator[Database]:
    with (await _services(request)).readers.borrow() as db:
        yield db


SharedServices = Annotated[Services, Depends(_services)]

Context = Annotated[ServerContext, Depends(_context)]

Store = Annotated[Database, Depends(_store, scope="function")]
"""A read-only connection for the time of the route function; streams must have read before."""
