"""The one connection to a camera, made when it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from picket.config.onvif import OnvifConfig
from picket.domain.errors import InvalidRequest, NotFound
from picket.ptz.onvif_camera import OnvifCamera, connect, failures_of

T = TypeVar("T")


class CameraLink:
    """Questions to one camera, one at a time; after a failure the next one connects again."""

    def __init__(self, name: str, settings: OnvifConfig, timeout_s: float) -> None:
        self._name = name
        self._settings = settings
        self._timeout_s = timeout_s
        self._turn = asyncio.Lock()
        self._camera: OnvifCamera | None = None

    async def ask(self, question: Callable[[OnvifCamera], Awaitable[T]]) -> T:
        """Its answer; waiting for one's turn and for the camera is bounded together.

        Raises:
            Unavailable: the camera is away, too slow, refuses or does not speak ONVIF.
            NotFound, InvalidRequest: as the question raises them.
        """
        with failures_of(self._name, self._settings):
            async with asyncio.timeout(self._timeout_s), self._turn:
                try:
                    if self._camera is None:
                        self._camera = await connect(self._settings)
                    return await question(self._camera)
                except (NotFound, InvalidRequest):
                    raise
                except BaseException:
                    await self.close()
                    raise

    async def close(self) -> None:
        """Let the camera go."""
        camera, self._camera = self._camera, None
        if camera is not None:
            await camera.close()
