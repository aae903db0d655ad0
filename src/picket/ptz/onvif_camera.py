"""A camera spoken to by ONVIF. Only this module and `link` load the library, which is large."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any

import aiohttp
from onvif import ONVIFCamera
from onvif.exceptions import ONVIFError
from onvif.util import is_auth_error
from zeep.exceptions import Error as SoapError
from zeep.exceptions import Fault, TransportError

from picket.config.masking import mask_credentials
from picket.config.onvif import OnvifConfig
from picket.domain.errors import InvalidRequest, Unavailable
from picket.ptz.abilities import (
    MediaProfile,
    PtzSpaces,
    Span,
    choose_profile,
    find_generic_span,
    find_picture_space,
    list_features,
)
from picket.ptz.commands import (
    Connect,
    GoToPreset,
    PanTilt,
    PtzCommand,
    Stop,
    Turn,
    Zoom,
    ZoomBy,
    ZoomWay,
)
from picket.ptz.presets import Preset, find_preset

Answer = Any
"""A value of the library: its shape is the standard's WSDL, every part may be missing."""

NONSENSE = (SoapError, ONVIFError, LookupError, AttributeError, TypeError, ValueError)
"""How the library fails over an answer that is not what the standard says."""

REASON_MAX = 200
"""Characters of the camera's own words that a message repeats."""

PROXIES = ("http_proxy", "https_proxy")


class OnvifCamera:
    """A connected camera. Every coroutine takes as long as the camera likes: callers bound it."""

    def __init__(self, device: ONVIFCamera, ptz: Answer, profile: str, spaces: PtzSpaces) -> None:
        self.features = list_features(spaces)
        self._picture_space = find_picture_space(spaces)
        self._zoom_by = find_generic_span(spaces.relative_zoom)
        self._zoom_to = find_generic_span(spaces.absolute_zoom)
        self._device = device
        self._ptz = ptz  # the PTZ service, None for a camera that has none
        self._profile = profile
        self._is_moving = False

    async def presets(self) -> list[Preset]:
        """The stored positions as they are now."""
        if self._ptz is None:
            return []
        found = await self._ptz.GetPresets({"ProfileToken": self._profile})
        return [Preset(one.token, one.Name or "") for one in found or [] if one.token]

    async def obey(self, command: PtzCommand) -> None:
        """Carry a command out; a camera that still moves is stopped first.

        Raises:
            NotFound: there is no such preset.
            InvalidRequest: the camera has no such movement.
        """
        match command:
            case Connect():
                return
            case Stop():
                await self._stop()
            case PanTilt(right, up):
                self._require("pt")
                await self._move({"PanTilt": {"x": right, "y": up}})
            case Zoom(closer):
                self._require("zoom")
                await self._move({"Zoom": {"x": closer}})
            case Turn(pan, tilt):
                self._require("pt-r-fov")
                await self._stop_if_moving()
                way = {"x": pan, "y": tilt, "space": self._picture_space}
                wanted = {"ProfileToken": self._profile, "Translation": {"PanTilt": way}}
                await self._ptz.RelativeMove(wanted)
            case ZoomBy(closer, way):
                await self._stop_if_moving()
                await self._zoom(closer, way)
            case GoToPreset(name):
                preset = find_preset(await self.presets(), name)
                await self._stop_if_moving()
                await self._ptz.GotoPreset(
                    {"ProfileToken": self._profile, "PresetToken": preset.token}
                )

    async def is_moving(self) -> bool | None:
        """Whether it turns or zooms now; None for a camera that does not tell."""
        if self._ptz is None:
            return None
        status = await self._ptz.GetStatus({"ProfileToken": self._profile})
        told = status.MoveStatus
        if told is None or told.PanTilt in (None, "UNKNOWN"):
            return None
        return "MOVING" in (told.PanTilt, told.Zoom)

    async def can_zoom(self, way: ZoomWay) -> bool:
        """Whether it zooms so: to a place it must tell where it is."""
        if way == "relative":
            return self._zoom_by is not None
        return self._zoom_to is not None and await self._zoom_position() is not None

    async def close(self) -> None:
        """Let the connections go; the camera itself goes on with what it does."""
        await self._device.close()

    async def _zoom(self, closer: float, way: ZoomWay) -> None:
        """Raises: InvalidRequest when the camera cannot zoom so."""
        position = await self._zoom_position() if way == "absolute" else None
        if self._zoom_to is not None and position is not None:
            span = self._zoom_to
            goal = span.limited(position + closer * (span.high - span.low))
            place = {"Zoom": {"x": goal, "space": span.uri}}
            await self._ptz.AbsoluteMove({"ProfileToken": self._profile, "Position": place})
        elif self._zoom_by is not None and way == "relative":
            span = self._zoom_by
            distance = closer * (span.high if closer > 0 else -span.low)
            step = {"Zoom": {"x": distance, "space": span.uri}}
            await self._ptz.RelativeMove({"ProfileToken": self._profile, "Translation": step})
        else:
            raise InvalidRequest(f"this camera cannot zoom so: {way}")

    async def _zoom_position(self) -> float | None:
        """In the span of absolute moves; None for a camera that does not tell."""
        status = await self._ptz.GetStatus({"ProfileToken": self._profile})
        told = status.Position
        return None if told is None or told.Zoom is None else float(told.Zoom.x)

    def _require(self, feature: str) -> None:
        if feature not in self.features:
            has = ", ".join(self.features) or "none"
            raise InvalidRequest(f"this camera cannot be moved so: its features are {has}")

    async def _move(self, velocity: dict[str, dict[str, float]]) -> None:
        await self._stop_if_moving()
        self._is_moving = True
        await self._ptz.ContinuousMove({"ProfileToken": self._profile, "Velocity": velocity})

    async def _stop_if_moving(self) -> None:
        if self._is_moving:
            await self._stop()

    async def _stop(self) -> None:
        if self._ptz is None:  # whoever cannot move stands still already
            return
        await self._ptz.Stop({"ProfileToken": self._profile, "PanTilt": True, "Zoom": True})
        self._is_moving = False


async def connect(settings: OnvifConfig) -> OnvifCamera:
    """Sign in and find out what the camera can do."""
    async with AsyncExitStack() as stack:
        device = _make_device(settings)
        stack.push_async_callback(device.close)
        camera = await _explore(device)
        stack.pop_all()
    return camera


@contextmanager
def failures_of(camera: str, settings: OnvifConfig) -> Iterator[None]:
    """Raises: Unavailable for everything that a camera does wrong, with its cure."""
    where = mask_credentials(f"{settings.host}:{settings.port}")
    try:
        yield
    except TimeoutError as error:
        raise Unavailable(
            f"camera {camera} does not answer by ONVIF at {where}: try again"
        ) from error
    except (aiohttp.ClientConnectionError, OSError) as error:
        raise Unavailable(
            f"camera {camera} cannot be reached by ONVIF at {where}:"
            " check onvif.host, onvif.port and the network"
        ) from error
    except (aiohttp.ClientError, *NONSENSE) as error:
        raise Unavailable(f"camera {camera} at {where} {_complaint(error)}") from error


def _complaint(error: Exception) -> str:
    status = error.status_code if isinstance(error, TransportError) else None
    if status in (401, 403) or is_auth_error(error):
        return "refuses onvif.user or onvif.password"
    if isinstance(error, Fault):
        return f"refuses: {mask_credentials(str(error.message))[:REASON_MAX]}"
    return (
        "does not answer as ONVIF wants it: check onvif.port and that ONVIF is switched on"
        " in the camera"
    )


def _make_device(settings: OnvifConfig) -> ONVIFCamera:
    """Unconnected; signs with the camera's own clock, which is often wrong."""
    proxies = {name: os.environ[name] for name in PROXIES if name in os.environ}
    device = ONVIFCamera(
        settings.host,
        settings.port,
        settings.user or "",
        settings.password or "",
        no_cache=True,
        adjust_time=True,
    )
    os.environ.update(proxies)  # the library takes them away from the whole process
    return device


async def _explore(device: ONVIFCamera) -> OnvifCamera:
    await _find_services(device)
    media = await device.create_media_service()
    profile = choose_profile([_profile(one) for one in await media.GetProfiles() or []])
    if profile is None:
        return OnvifCamera(device, None, "", PtzSpaces())
    ptz = await device.create_ptz_service()
    options = await ptz.GetConfigurationOptions({"ConfigurationToken": profile.ptz_configuration})
    return OnvifCamera(device, ptz, profile.token, _spaces(options.Spaces))


async def _find_services(device: ONVIFCamera) -> None:
    try:
        await device.update_xaddrs()
    except AttributeError:  # the camera does not tell the time in UTC, as it may
        device.adjust_time = False
        await device.update_xaddrs()


def _profile(answer: Answer) -> MediaProfile:
    video, ptz = answer.VideoEncoderConfiguration, answer.PTZConfiguration
    return MediaProfile(answer.token, video.Encoding if video else "", ptz.token if ptz else "")


def _spaces(answer: Answer) -> PtzSpaces:
    if answer is None:
        return PtzSpaces()

    def uris(spaces: Answer) -> tuple[str, ...]:
        return tuple(space.URI for space in spaces or [])

    def spans(spaces: Answer) -> tuple[Span, ...]:
        return tuple(
            Span(space.URI, float(space.XRange.Min), float(space.XRange.Max))
            for space in spaces or []
        )

    return PtzSpaces(
        continuous_pan_tilt=uris(answer.ContinuousPanTiltVelocitySpace),
        continuous_zoom=uris(answer.ContinuousZoomVelocitySpace),
        relative_pan_tilt=uris(answer.RelativePanTiltTranslationSpace),
        relative_zoom=spans(answer.RelativeZoomTranslationSpace),
        absolute_zoom=spans(answer.AbsoluteZoomPositionSpace),
    )
