"""One camera over real HTTP: what it can do, how it differs, how it fails."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import timedelta

import pytest

from picket.config.onvif import OnvifConfig
from picket.domain.errors import InvalidRequest, Unavailable
from picket.ptz.commands import GoToPreset, PanTilt, PtzCommand, Stop, Turn, ZoomBy, ZoomWay
from picket.ptz.onvif_camera import connect, failures_of
from picket.ptz.presets import preset_names
from tests.support.mount import Journey, Mount
from tests.support.onvif_answers import EVERY_SPACE, Profile
from tests.support.onvif_camera import Camera, switched_on


def settings_of(camera: Camera, **changes: object) -> OnvifConfig:
    written = {"host": "127.0.0.1", "port": camera.port, "user": "admin", "password": "hush-onvif"}
    return OnvifConfig.model_validate({**written, **changes})


def explore(camera: Camera, **changes: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Features and preset names of a camera that is switched on."""

    async def ask() -> tuple[tuple[str, ...], tuple[str, ...]]:
        connected = await connect(settings)
        try:
            return connected.features, preset_names(await connected.presets())
        finally:
            await connected.close()

    settings = settings_of(camera, **changes)
    with switched_on(camera), failures_of("gate", settings):
        return asyncio.run(asyncio.wait_for(ask(), 10))


def test_a_camera_that_does_not_move_has_neither_features_nor_presets() -> None:
    camera = Camera(profiles=[Profile("main", "H264", ""), Profile("sound", "", "")])
    assert explore(camera) == ((), ())


def test_a_camera_without_media_has_neither_features_nor_presets() -> None:
    assert explore(Camera(profiles=[])) == ((), ())


def test_a_camera_may_have_no_presets() -> None:
    assert explore(Camera(presets=[])) == (("pt", "zoom"), ())


def test_a_camera_may_offer_no_space() -> None:
    assert explore(Camera(spaces=())) == ((), ("home", "street", "preset 7"))


@pytest.mark.parametrize("hours", [-9, 30_000])
def test_a_camera_whose_clock_is_wrong_is_signed_in_to(hours: int) -> None:
    assert explore(Camera(clock_offset=timedelta(hours=hours)))[0] == ("pt", "zoom")


def test_a_camera_may_keep_its_time_to_itself() -> None:
    assert explore(Camera(tells_utc=False))[0] == ("pt", "zoom")


def test_an_older_camera_tells_its_services_otherwise() -> None:
    camera = Camera(knows_get_services=False)
    assert explore(camera)[0] == ("pt", "zoom")
    assert "GetCapabilities" in camera.operations()


@pytest.mark.parametrize("changes", [{"password": "hush-x"}, {"user": None, "password": None}])
def test_a_wrong_password_is_named_and_not_shown(changes: dict[str, object]) -> None:
    with pytest.raises(Unavailable, match=r"refuses onvif.user or onvif.password$"):
        explore(Camera(), **changes)


@pytest.mark.parametrize("status", [401, 403])
def test_a_door_that_wants_another_way_of_signing_in_is_told_alike(status: int) -> None:
    with pytest.raises(Unavailable, match=r"refuses onvif.user or onvif.password$"):
        explore(Camera(garbage=(status, b"")))


@pytest.mark.parametrize(
    "garbage",
    [
        (200, b""),
        (200, b"<html>Welcome</html>"),
        (200, b"\x00\xff\x00"),
        (200, b"<Envelope"),
        (200, b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>'),
        (
            200,
            b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>',
        ),
    ],
)
def test_what_does_not_speak_onvif_is_said_to(garbage: tuple[int, bytes]) -> None:
    with pytest.raises(Unavailable, match=r"as ONVIF wants it: check onvif.port"):
        explore(Camera(garbage=garbage))


@pytest.mark.parametrize("garbage", [(404, b"no such page"), (500, b"oops")])
def test_a_web_server_that_is_no_camera_is_unavailable(garbage: tuple[int, bytes]) -> None:
    with pytest.raises(Unavailable, match=r"^camera gate at 127"):
        explore(Camera(garbage=garbage))


@pytest.mark.parametrize("host", ["127.0.0.1", "no.such.host.invalid", "not a host"])
def test_nobody_there_is_unavailable(host: str) -> None:
    settings = settings_of(Camera(), host=host)
    with (
        pytest.raises(Unavailable, match=r"check onvif.host, onvif.port"),
        failures_of("gate", settings),
    ):
        asyncio.run(connect(settings))


def test_credentials_in_the_address_are_masked() -> None:
    settings = settings_of(Camera(), host="http://me:hush-me@127.0.0.1")
    with pytest.raises(Unavailable) as caught, failures_of("gate", settings):
        asyncio.run(connect(settings))
    assert "hush" not in str(caught.value)


def test_proxies_of_the_process_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy:3128")
    explore(Camera())
    assert os.environ["https_proxy"] == "http://proxy:3128"


def drive(camera: Camera, *commands: PtzCommand) -> list[str]:
    """What the camera was asked to do."""

    async def obey() -> None:
        connected = await connect(settings_of(camera))
        try:
            for command in commands:
                await connected.obey(command)
        finally:
            await connected.close()

    with switched_on(camera):
        asyncio.run(asyncio.wait_for(obey(), 10))
    return [told.split()[0] for told in camera.moves()]


def test_only_what_still_moves_is_stopped_before_the_next_move() -> None:
    verbs = drive(Camera(), PanTilt(up=0.5), GoToPreset("HOME"), GoToPreset("street"))
    assert verbs == ["ContinuousMove", "Stop", "GotoPreset", "GotoPreset"]


def test_a_camera_that_only_has_presets_can_be_stopped() -> None:
    assert drive(Camera(spaces=()), GoToPreset("home"), Stop()) == ["GotoPreset", "Stop"]


def test_a_camera_that_cannot_move_stands_still_already() -> None:
    assert drive(Camera(profiles=[]), Stop()) == []


async def _turned(camera: Camera, turn: PtzCommand) -> None:
    connected = await connect(settings_of(camera))
    try:
        await connected.obey(turn)
    finally:
        await connected.close()


def test_a_turn_names_the_space_whose_unit_is_the_picture() -> None:
    with switched_on(Camera(spaces=EVERY_SPACE)) as camera:
        asyncio.run(_turned(camera, Turn(-0.25, 0.5)))
    space = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/TranslationSpaceFov"
    assert camera.moves() == [f"RelativeMove main x=-0.25 y=0.5 space={space}"]


def test_a_camera_without_that_space_does_not_turn() -> None:
    with switched_on(Camera()) as camera, pytest.raises(InvalidRequest, match="cannot be moved so"):
        asyncio.run(_turned(camera, Turn(0.5, 0.0)))
    assert camera.moves() == []


ZOOMS = "http://www.onvif.org/ver10/tptz/ZoomSpaces"


def test_a_zoom_to_a_place_begins_where_it_is_and_ends_with_the_range() -> None:
    mount = Mount(speed_px=1e9, delay_s=0.0)
    with switched_on(Camera(spaces=EVERY_SPACE, mount=mount)) as camera:
        for closer in (0.25, 0.5, 0.5, -0.75):
            asyncio.run(_turned(camera, ZoomBy(closer, "absolute")))
    space = f"{ZOOMS}/PositionGenericSpace"
    assert camera.moves() == [
        f"AbsoluteMove main x={place} space={space}" for place in (0.25, 0.75, 1.0, 0.25)
    ]


def test_a_zoom_by_a_distance_names_its_space() -> None:
    with switched_on(Camera(spaces=EVERY_SPACE)) as camera:
        asyncio.run(_turned(camera, ZoomBy(-0.25, "relative")))
    assert camera.moves() == [
        f"RelativeMove main x=-0.25 space={ZOOMS}/TranslationGenericSpace",
    ]


@pytest.mark.parametrize("way", ["absolute", "relative"])
def test_a_camera_without_such_a_zoom_says_so(way: ZoomWay) -> None:
    with switched_on(Camera()) as camera, pytest.raises(InvalidRequest, match="cannot zoom so"):
        asyncio.run(_turned(camera, ZoomBy(0.5, way)))
    assert camera.moves() == []


@pytest.mark.parametrize(
    ("camera", "can"),
    [
        (Camera(spaces=EVERY_SPACE, mount=Mount()), (True, True)),
        (Camera(spaces=EVERY_SPACE, mount=Mount(), tells_zoom=False), (False, True)),
        (Camera(), (False, False)),
    ],
)
def test_whether_it_can_zoom(camera: Camera, can: tuple[bool, bool]) -> None:
    async def ask() -> tuple[bool, bool]:
        connected = await connect(settings_of(camera))
        try:
            return await connected.can_zoom("absolute"), await connected.can_zoom("relative")
        finally:
            await connected.close()

    with switched_on(camera):
        assert asyncio.run(ask()) == can


@pytest.mark.parametrize(
    ("camera", "is_moving"),
    [
        (Camera(), False),
        (Camera(tells_moving=False), None),
        (Camera(profiles=[]), None),
        (Camera(mount=Mount(journey=Journey((0, 0, 0), (9e9, 0, 0), time.monotonic()))), True),
    ],
)
def test_whether_it_moves(camera: Camera, is_moving: bool | None) -> None:  # noqa: FBT001
    async def ask() -> bool | None:
        connected = await connect(settings_of(camera))
        try:
            return await connected.is_moving()
        finally:
            await connected.close()

    with switched_on(camera):
        assert asyncio.run(ask()) is is_moving
