"""Footage that Frigate recorded, through every route that plays: as if it were ours."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest

from picket.domain.segment import Segment
from picket.media.jpeg import decode_picture
from picket.runtime.upkeep.frigate_import import read_recording
from picket.store.frigate_rows import FrigateRecording
from picket.store.segments import put_segment
from tests.contract.conftest import Door
from tests.support.index_samples import NOON
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.plain_files import frame_hashes, make_plain
from tests.support.recordings import record_packets
from tests.support.servers import decode_errors

RANGE = f"front/start/{int(NOON)}/end/{int(NOON) + 100}"


@pytest.fixture(params=["h264", "hevc"])
def segments(door: Door, request: pytest.FixtureRequest) -> list[Segment]:
    return take_over(door, request.param)


def take_over(door: Door, codec: str) -> list[Segment]:
    """Two recordings of three seconds in a row."""
    made = []
    for number in range(2):
        path = f"2024-01-15/12/front/00.{3 * number:02}.mp4"
        make_plain(door.paths.recordings / path, codec)
        start = NOON + 3 * number
        recording = FrigateRecording(
            f"{start}-rec{number:03}", "front", path, start, start + 3, motion=7, objects=1
        )
        made.append(read_recording(door.paths.recordings, recording))
        put_segment(door.db, made[-1])
    return made


def packets(data: bytes) -> dict[str, int]:
    with av.open(io.BytesIO(data), "r") as source:
        kinds = [packet.stream.type for packet in source.demux() if packet.size]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_a_playlist_leads_to_every_frame(
    door: Door, segments: list[Segment], tmp_path: Path
) -> None:
    playlist = door.client.get(f"/vod/{RANGE}/index.m3u8").text
    names = [line for line in playlist.splitlines() if not line.startswith("#")]
    head = door.client.get(f"/vod/{RANGE}/init-v1-{segments[0].id}.mp4").content
    bodies = [door.client.get(f"/vod/{RANGE}/{name}").content for name in names]
    played = tmp_path / "played.mp4"
    played.write_bytes(head + b"".join(bodies))
    assert decode_errors(played) == ""
    plain = frame_hashes(door.paths.recordings / segments[0].path)
    assert frame_hashes(played) == plain * 2
    assert playlist.count("#EXTINF:3.000000,") == 2


@pytest.mark.endpoint("GET /vod/{camera}/start/{start}/end/{end}/{name}")
def test_the_master_playlist_tells_codecs_and_rate(door: Door, segments: list[Segment]) -> None:
    text = door.client.get(f"/vod/{RANGE}/master.m3u8").text
    assert f'RESOLUTION=192x108,FRAME-RATE=10.000,CODECS="{segments[0].codecs}"' in text


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
def test_a_clip_is_one_file_with_sound(door: Door, segments: list[Segment], tmp_path: Path) -> None:
    data = door.client.get(f"/api/{RANGE}/clip.mp4").content
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(data)
    assert decode_errors(clip) == ""
    assert packets(data)["video"] == 60
    assert packets(data)["audio"] > 80
    part = door.client.get(f"/api/{RANGE}/clip.mp4", headers={"Range": "bytes=5000-9999"})
    assert part.status_code == 206
    assert part.content == data[5000:10000]


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
def test_a_clip_goes_from_frigates_footage_to_ours(door: Door, tmp_path: Path) -> None:
    take_over(door, "h264")
    for row in record_packets(STREAM_WITH_SOUND, with_sound(12), door.paths.recordings).segments:
        if row.start_time > NOON + 6:
            put_segment(door.db, row)
    data = door.client.get(f"/api/{RANGE}/clip.mp4").content
    assert packets(data)["video"] == 60 + 20


@pytest.mark.endpoint("GET /api/{camera}/recordings/{frame_time}/snapshot.png")
def test_a_still_is_the_frame_of_its_instant(
    door: Door, segments: list[Segment], tmp_path: Path
) -> None:
    answer = door.client.get(f"/api/front/recordings/{NOON + 4.55}/snapshot.png")
    still = decode_picture(answer.content)
    with av.open(str(door.paths.recordings / segments[1].path)) as source:
        frames = [frame.to_ndarray(format="bgr24") for frame in source.decode(video=0)]
    shown = int(np.argmin([np.abs(frame.astype(int) - still).mean() for frame in frames]))
    assert shown == 15


@pytest.mark.endpoint("GET /api/{camera}/recordings", "after", "before")
def test_the_list_has_what_frigate_measured(door: Door, segments: list[Segment]) -> None:
    url = f"/api/front/recordings?after={NOON}&before={NOON + 100}"
    rows = door.client.get(url).json()
    assert [(row["id"], row["motion"], row["objects"]) for row in rows] == [
        (one.id, 7, 1) for one in segments
    ]


@pytest.mark.endpoint("GET /api/{camera}/start/{start}/end/{end}/clip.mp4")
def test_a_file_that_broke_later_is_an_error_in_our_words(
    door: Door, segments: list[Segment]
) -> None:
    (door.paths.recordings / segments[0].path).write_bytes(b"nothing of use")
    answer = door.client.get(f"/api/{RANGE}/clip.mp4")
    assert answer.status_code >= 400
    assert answer.json()["success"] is False
