"""Real clips through the recorder, judged by ffprobe and ffmpeg; then played over HTTP."""

from __future__ import annotations

import itertools
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from picket.domain.segment import Segment
from picket.domain.stream import MediaKind
from tests.support.footage_server import served_footage
from tests.support.recordings import packets_of, record, video_path

LOOPS = 3


@dataclass(frozen=True)
class Footage:
    root: Path  # the media folder
    segments: list[Segment]
    pictures: int
    duration_s: float

    def file(self, segment: Segment) -> Path:
        return self.root / "recordings" / segment.path


def ffmpeg(*arguments: str | Path) -> str:
    """Run to the end; gives what it complained about."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-xerror", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stderr if done.returncode == 0 else f"{done.returncode}: {done.stderr}"


def count_pictures(source: str | Path) -> int:
    command = ["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0"]
    shown = ["-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", str(source)]
    done = subprocess.run([*command, *shown], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[0].strip(","))


@pytest.fixture(
    scope="module", params=["street_people_gt.mp4", "cars_topview_parking.mp4", "hevc", "annex_b"]
)
def footage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Footage:
    root = tmp_path_factory.mktemp("media")
    source = make_source(request.param, root)
    recorded = record(source, root / "recordings", loops=LOOPS)
    video = [p for p in packets_of(source, LOOPS) if p.kind is MediaKind.VIDEO]
    assert recorded.gaps == {}
    return Footage(root, recorded.segments, len(video), video[-1].dts_s + video[-1].duration_s)


def make_source(name: str, folder: Path) -> Path:
    """A clip as a camera might send it: as it is, as H.265, or as a transport stream."""
    people = video_path("street_people_gt.mp4")
    if name == "hevc":
        options = ["-c:v", "libx265", "-preset", "ultrafast", "-c:a", "copy"]
        params = ["-x265-params", "keyint=45:log-level=error"]
        assert ffmpeg("-i", people, *options, *params, folder / "hevc.mp4") == ""
        return folder / "hevc.mp4"
    if name == "annex_b":
        assert ffmpeg("-i", people, "-c", "copy", folder / "source.ts") == ""
        return folder / "source.ts"
    return video_path(name)


def test_every_file_is_whole_and_decodes_without_a_complaint(footage: Footage) -> None:
    for segment in footage.segments:
        path = footage.file(segment)
        probe = subprocess.run(["ffprobe", "-v", "error", path], capture_output=True, check=True)
        assert probe.stderr == b""
        assert ffmpeg("-i", path, "-f", "null", "-") == ""
        assert path.stat().st_size == segment.size_bytes


def test_no_picture_is_lost(footage: Footage) -> None:
    counted = sum(count_pictures(footage.file(segment)) for segment in footage.segments)
    assert counted == footage.pictures


def test_segments_follow_without_a_hole(footage: Footage) -> None:
    assert len(footage.segments) >= 2
    for before, after in itertools.pairwise(footage.segments):
        assert before.end_time == after.start_time
        assert before.is_closed
    recorded_s = footage.segments[-1].end_time - footage.segments[0].start_time
    assert recorded_s == pytest.approx(footage.duration_s, abs=0.2)


def test_a_killed_recorder_leaves_a_file_that_plays(footage: Footage, tmp_path: Path) -> None:
    segment = footage.segments[0]
    data = footage.file(segment).read_bytes()
    cut = segment.fragments[5]
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(data[: cut.offset + cut.size // 2])
    assert count_pictures(torn) > 0


def test_hls_and_clips_play_and_seek_over_http(footage: Footage, tmp_path: Path) -> None:
    start, end = footage.segments[0].start_time, footage.segments[-1].end_time
    with served_footage(footage.root, footage.segments, tmp_path) as url:
        whole = f"/vod/front/start/{start}/end/{end}"
        for name in ("master.m3u8", "index.m3u8"):
            assert ffmpeg("-i", f"{url}{whole}/{name}", "-f", "null", "-") == ""
        assert count_pictures(f"{url}{whole}/index.m3u8") == footage.pictures

        clip = f"{url}/api/front/start/{start}/end/{end}/clip.mp4"
        assert ffmpeg("-i", clip, "-f", "null", "-") == ""
        assert count_pictures(clip) == footage.pictures
        assert ffmpeg("-ss", "9.5", "-i", clip, "-frames:v", "5", "-f", "null", "-") == ""

        middle = f"{url}/api/front/start/{start + 4.2}/end/{end - 3.1}/clip.mp4"
        assert ffmpeg("-i", middle, "-f", "null", "-") == ""
