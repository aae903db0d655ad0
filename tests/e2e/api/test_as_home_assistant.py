"""What Home Assistant's integration asks for, in its own way of asking."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.e2e.api.home_assistant import HomeAssistant, as_home_assistant
from tests.e2e.api.pictures import decode
from tests.e2e.api.scene import CAMERAS, Scene

ZONE = "Europe/Berlin"


def test_it_sets_itself_up(scene: Scene) -> None:
    scene.online()

    async def talk(ha: HomeAssistant) -> None:
        version = await ha.text("/api/version")
        number = tuple(map(int, version.split("-")[0].split(".")))
        assert (0, 12, 1) < number < (0, 14)
        stats = await ha.json("/api/stats")
        assert stats["service"]["version"] == version
        config = await ha.json("/api/config")
        assert config["mqtt"]["client_id"]
        assert config["mqtt"]["topic_prefix"]
        for name in CAMERAS:
            assert stats["cameras"][name]["camera_fps"] > 0  # else it shows as unavailable
            camera = config["cameras"][name]
            assert camera["record"]["enabled"] is True
            assert isinstance(camera["objects"]["track"], list)
            assert camera["zones"] is not None
            assert name not in config["go2rtc"].get("streams", {})

    as_home_assistant(scene.picket.url(""), talk)


def test_its_platforms_find_what_they_read(scene: Scene) -> None:
    """A key that is missing ends the set-up of a whole platform, or leaves a sensor unknown."""
    scene.online()

    async def talk(ha: HomeAssistant) -> None:
        stats, config = await ha.json("/api/stats"), await ha.json("/api/config")
        assert all(float(stats[key]) >= 0 for key in stats if key.endswith("_fps"))
        assert all(float(one["inference_speed"]) > 0 for one in stats["detectors"].values())
        assert all(float(one) for one in stats["service"]["temperatures"].values())
        assert int(stats["service"]["uptime"]) > 0
        assert config["birdseye"]["restream"] is False  # else there is a camera of this name
        for name in CAMERAS:
            check_camera(config["cameras"][name], stats["cameras"][name], stats["cpu_usages"])

    as_home_assistant(scene.picket.url(""), talk)


def check_camera(camera: Any, stats: Any, usages: Any) -> None:
    """What its entities read of one camera."""
    rates = {key for key in stats if key.endswith("_fps")}
    assert rates >= {"camera_fps", "process_fps", "skipped_fps", "detection_fps"}
    assert all(round(float(stats[rate])) >= 0 for rate in rates)
    assert all(float(usages[str(stats[pid])]["cpu"]) >= 0 for pid in ("pid", "capture_pid"))
    assert camera["audio"]["enabled_in_config"] is False  # else there is a sensor of its sound
    assert camera["onvif"]["autotracking"]["enabled_in_config"] is False
    assert all(isinstance(camera["motion"][key], int) for key in ("threshold", "contour_area"))
    assert all(isinstance(zone["objects"], list) for zone in camera["zones"].values())
    assert camera["motion"]["enabled"] is True
    assert camera["birdseye"].keys() >= {"enabled", "mode"}


def test_its_live_views_pass_its_proxy(scene: Scene) -> None:
    """Which hands on the `Origin` of its own page."""

    async def talk(ha: HomeAssistant) -> None:
        transport_stream = await ha.live("/live/jsmpeg/street", "null")
        assert transport_stream[0] == 0x47
        assert (await ha.live("/live/mse/street"))[4:8] == b"ftyp"

    as_home_assistant(scene.picket.url(""), talk)


def test_its_camera_entity_shows_a_picture(scene: Scene) -> None:
    async def talk(ha: HomeAssistant) -> None:
        picture = await ha.proxy("/api/garden/latest.jpg", "h=277")
        assert picture.content_type == "image/jpeg"
        assert decode(picture.body).shape[0] == 277

    as_home_assistant(scene.picket.url(""), talk)


def test_its_media_browser_lists_clips_and_snapshots_and_pages(scene: Scene) -> None:
    async def talk(ha: HomeAssistant) -> None:
        for kind in ("has_clip", "has_snapshot"):
            wanted = {kind: 1, "include_thumbnails": 0, "limit": 3}
            first = await ha.json("/api/events", params=wanted)
            older = {**wanted, "before": first[-1]["start_time"]}
            second = await ha.json("/api/events", params=older)
            assert first[-1]["start_time"] > second[0]["start_time"]
            for event in [*first, *second]:
                assert event[kind] is True
                assert event["label"].capitalize()
                assert event["data"].get("top_score", event["top_score"]) is not None
                datetime.fromtimestamp(event["start_time"], UTC)
            rows = await ha.json("/api/events/summary", params={"timezone": ZONE, kind: 1})
            for row in rows:
                datetime.strptime(row["day"], "%Y-%m-%d").replace(tzinfo=UTC)
                assert row["count"] > 0
                assert {"camera", "label", "sub_label", "zones"} < set(row)

    as_home_assistant(scene.picket.url(""), talk)


@pytest.mark.parametrize("name", ["index.m3u8", "master.m3u8"])
def test_its_recordings_browser_plays_an_hour_with_its_signature(scene: Scene, name: str) -> None:
    async def talk(ha: HomeAssistant) -> None:
        day, *_ = await ha.json("/api/street/recordings/summary", params={"timezone": "utc"})
        datetime.strptime(day["day"], "%Y-%m-%d").replace(tzinfo=UTC)
        hour = day["hours"][0]["hour"]
        year_month, date = day["day"].rsplit("-", 1)
        await play(ha, f"/vod/{year_month}/{date}/{hour}/street/utc", name)

    as_home_assistant(scene.picket.url(""), talk)


@pytest.mark.parametrize("name", ["index.m3u8", "master.m3u8"])
def test_it_plays_an_event_by_its_id_and_by_its_padded_times(scene: Scene, name: str) -> None:
    async def talk(ha: HomeAssistant) -> None:
        event = await ha.json(f"/api/events/{scene.ended()['id']}")
        await play(ha, f"/vod/event/{event['id']}", name)
        start, end = int(event["start_time"] - 5), int(event["end_time"] + 5)
        await play(ha, f"/vod/{event['camera']}/start/{start}/end/{end}", name)

    as_home_assistant(scene.picket.url(""), talk)


async def play(ha: HomeAssistant, folder: str, name: str) -> None:
    """Fetch a signed playlist and all that it names; what has no signature would be refused."""
    playlist = await ha.proxy(f"{folder}/{name}", "authSig=T")
    assert playlist.content_type == "application/vnd.apple.mpegurl"
    assert playlist.headers["Cache-Control"] == "no-store"
    text = playlist.body.decode()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    named = [*re.findall(r'URI="([^"]+)"', text), *lines]
    assert named
    for address in named:
        file, query = address.split("?")
        assert query == "authSig=T"
        assert "/" not in file
        if file.endswith(".m3u8"):
            await play(ha, folder, file)
        else:
            assert re.search(r"\.(ts|m4s|mp4)$", file)
            part = await ha.proxy(f"{folder}/{file}", query)
            assert (part.status, part.content_type) == (200, "video/mp4")
            assert int(part.headers["Content-Length"]) == len(part.body) > 0


def test_its_notifications_show_pictures_and_clips(scene: Scene) -> None:
    async def talk(ha: HomeAssistant) -> None:
        for event in (scene.ended(), scene.running()):
            url = f"/api/events/{event['id']}"
            wide = decode((await ha.proxy(f"{url}/thumbnail.jpg", "format=android")).body)
            assert wide.shape[1] == pytest.approx(2 * wide.shape[0], abs=1)
            decode((await ha.proxy(f"{url}/snapshot.jpg", "bbox=1")).body)
            clip = await ha.proxy(f"{url}/clip.mp4", Range="bytes=0-99")
            assert (clip.status, len(clip.body)) == (206, 100)
            assert re.fullmatch(r"bytes 0-99/\d+", clip.headers["Content-Range"])
        missing = await ha.proxy("/api/events/1.0-nobody/clip.mp4")
        assert (missing.status, missing.content_type) == (404, "application/json")

    as_home_assistant(scene.picket.url(""), talk)


def test_its_recording_download_takes_whole_and_broken_seconds(scene: Scene) -> None:
    row = scene.segments("porch")[0]

    async def talk(ha: HomeAssistant) -> None:
        for start, end in (
            (int(row["start_time"]) + 1, int(row["end_time"])),
            (row["start_time"] + 1.0, row["end_time"]),
        ):
            clip = await ha.proxy(f"/api/porch/start/{start}/end/{end}/clip.mp4")
            assert (clip.status, clip.content_type) == (200, "video/mp4")
            assert clip.body[4:8] == b"ftyp"

    as_home_assistant(scene.picket.url(""), talk)


def test_its_services_change_events(scene: Scene) -> None:
    async def talk(ha: HomeAssistant) -> None:
        body = {"sub_label": "", "duration": None, "include_recording": True}
        made = await ha.json("/api/events/porch/service/create", "POST", body=body)
        assert made["success"] is True
        url = f"/api/events/{made['event_id']}"
        assert (await ha.json(f"{url}/end", "PUT"))["success"] is True
        assert (await ha.json(f"{url}/retain", "POST"))["success"] is True
        assert (await ha.json(url))["retain_indefinitely"] is True
        assert (await ha.json(f"{url}/retain", "DELETE"))["success"] is True
        ended = await ha.json(url)
        assert ended["retain_indefinitely"] is False
        assert ended["end_time"] is not None

    as_home_assistant(scene.picket.url(""), talk)


def test_its_export_service_takes_broken_seconds_and_no_name(scene: Scene) -> None:
    row = scene.segments("porch")[0]

    async def talk(ha: HomeAssistant) -> None:
        span = f"start/{row['start_time']}/end/{row['end_time']}"
        body = {"playback": "realtime", "name": None}
        made = await ha.json(f"/api/export/porch/{span}", "POST", body=body)
        assert made["success"] is True

    as_home_assistant(scene.picket.url(""), talk)
