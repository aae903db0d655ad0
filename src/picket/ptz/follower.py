"""One camera that follows objects: asks the rules what a frame means, and makes it move."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from picket.domain.errors import InvalidRequest, PicketError
from picket.domain.gaze import Glance, Standing
from picket.ptz.commands import GoToPreset, PtzCommand
from picket.ptz.follow import FollowRules, Order, Pursuit, give_way, rest, step_pursuit
from picket.ptz.follow_tools import FollowTools
from picket.ptz.follow_zoom import ZoomRules, wanted_side
from picket.ptz.travel import (
    Measured,
    Travel,
    calibration_moves,
    fit_travel,
    from_weights,
    to_weights,
)
from picket.ptz.travel_file import read_travel, write_travel

if TYPE_CHECKING:
    from picket.ptz.link import CameraLink
    from picket.ptz.onvif_camera import OnvifCamera

logger = logging.getLogger(__name__)

TICK_S = 1.0
"""Without frames the rules are asked so often, and others are told where the camera looks."""
POLL_S = 0.1
START_S = 0.5
"""A camera that does not say that it moves for so long after an order has arrived already."""
LONGEST_MOVE_S = 30.0
RETRY_S = 30.0
"""After a camera failed; whoever was unplugged is back in a minute."""


class Follower:
    """Runs in the event loop of `PtzCameras`; only `run` waits."""

    def __init__(self, camera: str, link: CameraLink, tools: FollowTools) -> None:
        self._camera = camera
        self._link = link
        self._tools = tools
        self._pursuit = Pursuit()
        self._glance: Glance | None = None
        self._news = asyncio.Event()
        self._told: Standing | None = None
        self._told_monotonic = 0.0
        self._complaint = ""
        self._is_ready = False
        self._is_calibrated = False
        self._may_zoom: bool | None = None  # not known before it was asked
        self._travel = from_weights(tools.settings().movement_weights) or read_travel(
            tools.travel_file
        )

    @property
    def weights(self) -> tuple[str, ...]:
        """How the camera turns, as `movement_weights` has it; none before it was measured."""
        return () if self._travel is None else to_weights(self._travel)

    def see(self, glance: Glance) -> None:
        """The newest frame; one that nobody asked for yet is out of date."""
        self._glance = glance
        self._news.set()

    def yield_to(self, command: PtzCommand) -> None:
        """Somebody moves the camera by hand."""
        rules = self._rules()
        is_home = isinstance(command, GoToPreset) and _is_same(command.name, rules.home)
        self._pursuit = replace(give_way(self._tools.monotonic(), rules), is_home=is_home)
        self._tell()

    async def run(self) -> None:
        """For as long as the program runs; a camera that fails is left alone for a while."""
        while True:
            try:
                await self._follow()
            except PicketError as error:
                self._complain(str(error))
                await self._pause(RETRY_S)

    async def _follow(self) -> None:
        """Raises: PicketError when the camera fails."""
        while True:
            glance = await self._next_glance()
            self._tell()
            if not self._tools.settings().enabled:
                await self._stop_following()
                continue
            if not self._is_ready:
                await self._make_ready()
                continue
            now = self._tools.monotonic()
            self._pursuit, order = step_pursuit(self._pursuit, glance, now, self._rules())
            if order is not None:
                await self._carry_out(order)

    async def _make_ready(self) -> None:
        await self._link.ask(_require_abilities)
        if self._may_zoom is None:
            self._may_zoom = await self._find_out_about_zoom()
        await self._go_home()
        if self._tools.settings().calibrate_on_startup and not self._is_calibrated:
            await self._calibrate()
            await self._go_home()
        self._is_ready, self._complaint = True, ""
        logger.info("camera %s follows what enters its zones", self._camera)

    async def _find_out_about_zoom(self) -> bool:
        way = self._tools.settings().zooming
        if way == "disabled":
            return False
        can_zoom = await self._link.ask(lambda device: device.can_zoom(way))
        if not can_zoom:
            lacks = "zoom-r" if way == "relative" else "zoom-a, with a position that it tells"
            logger.warning(
                "camera %s follows without zooming: it cannot do %s (%s):"
                " try another onvif.autotracking.zooming",
                *(self._camera, way, lacks),
            )
        return can_zoom

    async def _stop_following(self) -> None:
        """Switched off; a camera that somebody moved by hand stays where it is.

        Switched on again it is made ready as at the start: who knows where it looks by then.
        """
        self._is_ready = False
        if self._pursuit.is_following and not self._pursuit.is_home:
            await self._go_home()
        self._pursuit = Pursuit(is_home=self._pursuit.is_home)

    async def _go_home(self) -> None:
        self._pursuit = replace(self._pursuit, is_home=False)
        await self._carry_out(GoToPreset(self._tools.settings().return_preset))

    async def _calibrate(self) -> None:
        """Measure how long turns take; without a result the camera is taken for a usual one."""
        self._is_calibrated = True
        measured: list[Measured] = []
        for turn in calibration_moves():
            began = self._tools.monotonic()
            await self._link.ask(partial(_obey, turn))
            if await self._come_to_rest():
                measured.append(Measured(turn, self._tools.monotonic() - began))
        travel = fit_travel(measured)
        if travel is None:
            logger.warning(
                "camera %s could not be calibrated: only %d of %d moves were seen to end",
                *(self._camera, len(measured), len(calibration_moves())),
            )
            return
        self._travel = travel
        write_travel(self._tools.travel_file, travel)
        logger.info("camera %s was calibrated: %s", self._camera, ", ".join(to_weights(travel)))

    async def _carry_out(self, order: Order) -> None:
        before = self._pursuit
        self._tell()  # before the first picture that shows it
        await self._link.ask(partial(_obey, order))
        await self._come_to_rest()
        if self._pursuit is before:  # else somebody took the camera meanwhile
            self._pursuit = rest(before, order, self._tools.monotonic())
        self._tell()

    async def _come_to_rest(self) -> bool:
        """Wait for the end of a move; whether it was seen to move at all."""
        began, has_moved = self._tools.monotonic(), False
        while (waited_s := self._tools.monotonic() - began) < LONGEST_MOVE_S:
            is_moving = await self._link.ask(lambda device: device.is_moving())
            if not is_moving and (has_moved or waited_s >= START_S):
                return has_moved
            has_moved = has_moved or bool(is_moving)
            await self._pause(POLL_S)
        return False

    async def _pause(self, seconds: float) -> None:
        while seconds > 0:
            await asyncio.sleep(min(seconds, TICK_S))
            seconds -= TICK_S
            self._tell()

    async def _next_glance(self) -> Glance | None:
        """The newest frame that was not dealt with yet; None when a second brings none."""
        try:
            async with asyncio.timeout(TICK_S):
                await self._news.wait()
        except TimeoutError:
            return None
        self._news.clear()
        glance, self._glance = self._glance, None
        return glance

    def _tell(self) -> None:
        """When it changed, and once a second: a process that starts anew knows nothing."""
        now, pursuit = self._tools.monotonic(), self._pursuit
        standing = Standing(self._camera, pursuit.is_home, pursuit.is_following)
        if standing != self._told or now - self._told_monotonic >= TICK_S:
            self._told, self._told_monotonic = standing, now
            self._tools.tell(standing)

    def _rules(self) -> FollowRules:
        settings = self._tools.settings()
        zoom = None
        if self._may_zoom and settings.zooming != "disabled":
            zoom = ZoomRules(settings.zooming, wanted_side(settings.zoom_factor))
        return FollowRules(
            labels=settings.track,
            zones=settings.required_zones,
            timeout_s=settings.timeout,
            home=settings.return_preset,
            travel=self._travel or Travel(),
            zoom=zoom,
        )

    def _complain(self, complaint: str) -> None:
        """What never turned is a camera like others, and what it shows is home."""
        self._is_ready = False
        if not self._pursuit.is_following:
            self._pursuit = Pursuit()
        if complaint != self._complaint:
            self._complaint = complaint
            logger.warning("camera %s does not follow: %s", self._camera, complaint)


async def _obey(order: Order, device: OnvifCamera) -> None:
    await device.obey(order)


async def _require_abilities(device: OnvifCamera) -> None:
    """Raises: InvalidRequest when the camera cannot follow anything."""
    if "pt-r-fov" not in device.features:
        has = ", ".join(device.features) or "none"
        raise InvalidRequest(
            f"it cannot turn by shares of its picture (pt-r-fov; its features are {has}):"
            " switch onvif.autotracking.enabled off, and move it by hand"
        )
    if await device.is_moving() is None:
        raise InvalidRequest(
            "it does not tell whether it moves (MoveStatus):"
            " switch onvif.autotracking.enabled off, and move it by hand"
        )


def _is_same(name: str, other: str) -> bool:
    return name.strip().lower() == other.strip().lower()
