"""All cameras that can be moved, behind one small door."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from picket.config.onvif import OnvifConfig
from picket.domain.errors import InvalidRequest, NotFound, Unavailable
from picket.ptz.abilities import PtzAbilities
from picket.ptz.commands import Connect, parse_command
from picket.ptz.presets import preset_names

if TYPE_CHECKING:
    from picket.domain.gaze import Glance
    from picket.ptz.follow_tools import FollowTools
    from picket.ptz.follower import Follower
    from picket.ptz.link import CameraLink
    from picket.ptz.onvif_camera import OnvifCamera

logger = logging.getLogger(__name__)

T = TypeVar("T")

ANSWER_S = 10.0
"""A camera has this long for everything that one request asks of it."""

CLOSE_S = 1.0


class PtzCameras:
    """Moves cameras in a thread of its own, where a camera that hangs delays nobody else.

    Neither the thread nor the ONVIF library is there before the first camera is asked.
    """

    def __init__(self, settings: Mapping[str, OnvifConfig], timeout_s: float = ANSWER_S) -> None:
        self._settings = settings
        self._timeout_s = timeout_s
        self._links: dict[str, CameraLink] = {}
        self._followers: dict[str, Follower] = {}
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def describe(self, camera: str) -> Future[PtzAbilities]:
        """See picket.api.ports.Ptz."""
        return self._submit(self._describe(camera))

    def carry_out(self, camera: str, command: str) -> Future[None]:
        """See picket.api.ports.Ptz."""
        return self._submit(self._carry_out(camera, command))

    def follow(self, camera: str, tools: FollowTools) -> None:
        """Begin to follow what a camera shows, for as long as the program runs."""
        self._submit(self._follow(camera, tools)).add_done_callback(partial(_note_end, camera))

    def see(self, camera: str, glance: Glance) -> None:
        """A camera that follows has a new frame; any thread may call it."""
        follower = self._followers.get(camera)
        if follower is not None and self._loop is not None:
            with suppress(RuntimeError):  # closed meanwhile
                self._loop.call_soon_threadsafe(follower.see, glance)

    def weights(self) -> Mapping[str, tuple[str, ...]]:
        """See picket.api.ports.Ptz."""
        return {name: one.weights for name, one in self._followers.items()}

    def close(self) -> None:
        """Drop every connection and end the thread; who still waits is told so.

        A name server that hangs may keep it; then it ends with the process.
        """
        if self._loop is None or self._thread is None:
            return
        ended = asyncio.run_coroutine_threadsafe(self._drop_all(), self._loop)
        if not wait([ended], CLOSE_S).done:
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE_S)
        self._loop.close()

    def _submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="ptz", daemon=True
                )
                self._thread.start()
        return asyncio.run_coroutine_threadsafe(_until_closed(coroutine), self._loop)

    async def _describe(self, camera: str) -> PtzAbilities:
        async def ask(device: OnvifCamera) -> PtzAbilities:
            presets = preset_names(await device.presets())
            return PtzAbilities(camera, device.features, presets)

        return await self._link(camera).ask(ask)

    async def _carry_out(self, camera: str, command: str) -> None:
        link = self._link(camera)
        wanted = parse_command(command)
        follower = self._followers.get(camera)
        if follower is not None and not isinstance(wanted, Connect):
            follower.yield_to(wanted)
        await link.ask(lambda device: device.obey(wanted))

    async def _follow(self, camera: str, tools: FollowTools) -> None:
        from picket.ptz.follower import Follower  # with it comes the library

        self._followers[camera] = Follower(camera, self._link(camera), tools)
        await self._followers[camera].run()

    def _link(self, camera: str) -> CameraLink:
        settings = self._settings.get(camera)
        if settings is None:
            raise NotFound("Camera not found")
        if not settings.host:
            raise InvalidRequest(f"camera {camera} cannot be moved: it has no onvif.host")
        if camera not in self._links:
            from picket.ptz.link import CameraLink  # with it comes the library

            self._links[camera] = CameraLink(camera, settings, self._timeout_s)
        return self._links[camera]

    async def _drop_all(self) -> None:
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        for link in self._links.values():
            await link.close()
        await asyncio.get_running_loop().shutdown_default_executor()


def _note_end(camera: str, following: Future[None]) -> None:
    """Nobody waits for the result, so it would be lost."""
    error = following.exception()
    if error is not None and not isinstance(error, Unavailable):
        logger.error("camera %s follows nobody any more", camera, exc_info=error)


async def _until_closed(coroutine: Coroutine[Any, Any, T]) -> T:
    try:
        return await coroutine
    except asyncio.CancelledError as error:
        raise Unavailable("the program is being stopped") from error
