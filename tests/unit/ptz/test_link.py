"""The one connection to a camera: when it is kept, dropped and made again."""

from __future__ import annotations

import asyncio

import pytest

from picket.config.onvif import OnvifConfig
from picket.domain.errors import InvalidRequest, NotFound, Unavailable
from picket.ptz.commands import GoToPreset, PanTilt, Stop, Zoom
from picket.ptz.link import CameraLink
from picket.ptz.onvif_camera import OnvifCamera
from tests.support.onvif_answers import CONTINUOUS
from tests.support.onvif_camera import Camera, switched_on


def link_to(camera: Camera, timeout_s: float = 5.0) -> CameraLink:
    settings = OnvifConfig(
        host="127.0.0.1", port=camera.port, user=camera.user, password=camera.password
    )
    return CameraLink("gate", settings, timeout_s)


async def go_up(camera: OnvifCamera) -> None:
    await camera.obey(PanTilt(up=0.5))


async def stop(camera: OnvifCamera) -> None:
    await camera.obey(Stop())


def test_a_connection_is_kept_also_after_a_refusal_of_ours() -> None:
    async def run() -> None:
        link = link_to(camera)
        with pytest.raises(NotFound):
            await link.ask(lambda device: device.obey(GoToPreset("attic")))
        with pytest.raises(InvalidRequest):
            await link.ask(lambda device: device.obey(Zoom(0.5)))
        await link.ask(go_up)
        await link.close()

    with switched_on(Camera(spaces=CONTINUOUS[:1])) as camera:
        asyncio.run(run())
    assert camera.operations().count("GetProfiles") == 1


def test_a_camera_that_came_back_is_connected_to_again() -> None:
    async def run() -> None:
        link = link_to(camera)
        with switched_on(camera):
            await link.ask(go_up)
        with pytest.raises(Unavailable, match="cannot be reached"):
            await link.ask(stop)
        with switched_on(camera):
            await link.ask(stop)
            await link.close()

    camera = Camera()
    asyncio.run(run())
    assert [told.split()[0] for told in camera.moves()] == ["ContinuousMove", "Stop"]
    assert camera.operations().count("GetProfiles") == 2


def test_a_camera_that_falls_silent_is_given_up_in_time() -> None:
    async def run() -> None:
        link = link_to(camera, timeout_s=0.5)
        with pytest.raises(Unavailable, match="does not answer"):
            await link.ask(go_up)
        camera.silent_from = ""
        camera.released.set()
        await link.ask(stop)
        await link.close()

    with switched_on(Camera(silent_from="ContinuousMove")) as camera:
        asyncio.run(asyncio.wait_for(run(), 10))
    assert camera.moves()[-1].startswith("Stop")


def test_waiting_for_ones_turn_is_bounded_too() -> None:
    async def run() -> None:
        link = link_to(camera, timeout_s=0.5)
        answers = await asyncio.gather(*(link.ask(go_up) for _ in range(5)), return_exceptions=True)
        assert {type(answer) for answer in answers} == {Unavailable}

    with switched_on(Camera(silent_from="GetServices")) as camera:
        asyncio.run(asyncio.wait_for(run(), 3))


def test_questions_are_put_in_the_order_they_came() -> None:
    async def run() -> None:
        link = link_to(camera)
        await asyncio.gather(*(link.ask(act) for act in (go_up, stop, go_up, stop)))
        await link.close()

    with switched_on(Camera()) as camera:
        asyncio.run(run())
    verbs = [told.split()[0] for told in camera.moves()]
    assert verbs == ["ContinuousMove", "Stop"] * 2
