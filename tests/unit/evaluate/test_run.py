from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from picket.config.detect import Decode
from picket.domain.errors import MediaError
from picket.evaluate.jobs import plain_camera
from picket.evaluate.observed import Observation
from picket.evaluate.run import Setup, observe
from picket.evaluate.video import Video
from tests.support.clips import write_walk
from tests.support.square_backend import SquareBackend

CAMERA = plain_camera(["person"])


def run(
    clip: Path, *, with_baseline: bool = False, decode: Decode = "auto"
) -> tuple[Observation, SquareBackend]:
    backend = SquareBackend()
    with closing(Video(clip, CAMERA.detect)) as video:
        return observe(video, CAMERA, Setup("test", backend, with_baseline, decode)), backend


def test_a_walk_becomes_an_event_soon_after_it_begins(walk_clip: Path) -> None:
    seen, backend = run(walk_clip)
    (event,) = seen.ours.events
    assert event.label == "person"
    assert 3.4 <= event.noted_s <= 4.2
    assert len(seen.frames) == len(seen.ours.tracks) == 40
    assert seen.duration_s == pytest.approx(8.0)
    assert sum(frame.looks for frame in seen.frames) == backend.looks > 0


def test_detections_and_tracks_lie_on_the_square(walk_clip: Path) -> None:
    seen, _ = run(walk_clip)
    last = seen.frames[-1]
    left = 4 * (last.number - 1 - 30)
    (found,) = last.believed
    assert found.box.x1 == pytest.approx(left, abs=4)
    assert last.doubted == ()
    assert [track.box for track in seen.ours.tracks[-1]] == [found.box]


def test_every_run_is_the_same(walk_clip: Path) -> None:
    first, second = (run(walk_clip, with_baseline=True)[0] for _ in range(2))
    assert replace(first, took_s=0.0, computed_s=0.0) == replace(second, took_s=0.0, computed_s=0.0)


def test_the_baseline_follows_the_same_detections(walk_clip: Path) -> None:
    seen, _ = run(walk_clip, with_baseline=True)
    assert seen.baseline is not None
    assert len(seen.baseline.tracks) == len(seen.frames)
    assert [event.label for event in seen.baseline.events] == ["person"]
    assert {track.box for tracks in seen.baseline.tracks for track in tracks} <= {
        found.box for frame in seen.frames for found in frame.believed
    }
    assert run(walk_clip)[0].baseline is None


def test_a_video_without_a_whole_picture_is_named(walk_clip: Path, tmp_path: Path) -> None:
    whole = walk_clip.read_bytes()
    start, end = whole.index(b"mdat") + 4, whole.index(b"moov") - 4
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(whole[:start] + bytes(end - start) + whole[end:])
    with pytest.raises(MediaError, match=r"damaged\.mp4"):
        run(damaged)


@pytest.fixture(scope="module")
def late_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a minute of nothing, with a keyframe every two seconds, then a walk of five."""
    clip = tmp_path_factory.mktemp("clips") / "late.mp4"
    return write_walk(clip, quiet=307, walk=50, gop=20)


def test_decoding_on_demand_notices_the_same_as_decoding_everything(late_clip: Path) -> None:
    auto, _ = run(late_clip)
    whole, _ = run(late_clip, decode="all")
    assert sum(not frame.is_decoded for frame in auto.frames) > 90
    assert all(frame.is_decoded for frame in whole.frames)
    assert [frame.number for frame in auto.frames] == [frame.number for frame in whole.frames]
    assert [frame.believed for frame in auto.frames] == [frame.believed for frame in whole.frames]
    assert [event.noted_s for event in auto.ours.events] == [
        event.noted_s for event in whole.ours.events
    ]


def test_the_baseline_is_shown_every_frame(late_clip: Path) -> None:
    seen, _ = run(late_clip, with_baseline=True)
    assert all(frame.is_decoded for frame in seen.frames)
