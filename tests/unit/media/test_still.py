"""A clip whose every frame has its own brightness tells which frame was decoded."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.errors import MediaError, NotFound
from picket.media.still import decode_still
from tests.support.recordings import packets_of, record

FPS = 10
STEP = 4  # of luma from frame to frame


def make_steps(path: Path, b_frames: int) -> Path:
    """Five seconds that become brighter; a keyframe each two seconds."""
    scene = f"color=black:s=160x96:r={FPS}:d=5,format=yuv420p,geq=lum={STEP}*N+20:cb=128:cr=128"
    encode = ["-c:v", "libx264", "-qp", "4", "-g", "20", "-bf", str(b_frames), "-b_strategy", "0"]
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", scene, *encode, str(path)]
    subprocess.run(command, check=True)
    return path


class Footage:
    """A recording of the steps, and how much of it was read."""

    def __init__(self, folder: Path, b_frames: int) -> None:
        clip = make_steps(folder / f"steps{b_frames}.mp4", b_frames)
        self.root = folder / f"recordings{b_frames}"
        (self.segment,) = record(clip, self.root).segments
        self.start_time = next(packets_of(clip)).wall_time
        self.bytes_read = 0

    def read(self, path: str, offset: int, size: int) -> bytes:
        self.bytes_read += size
        with (self.root / path).open("rb") as file:
            file.seek(offset)
            return file.read(size)

    def number_at(self, frame_time: float) -> float:
        """The number of the frame shown at a time, from its brightness."""
        picture = decode_still(self.segment, frame_time, self.read)
        assert picture.shape == (96, 160, 3)
        luma = float(picture.mean()) * 219 / 255 + 16  # full range back to the encoder's
        return (luma - 20) / STEP


@pytest.fixture(scope="module", params=[0, 2])
def footage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Footage:
    return Footage(tmp_path_factory.mktemp("steps"), request.param)


@pytest.mark.parametrize("number", [0, 1, 7, 19, 20, 21, 38, 49])
def test_the_frame_that_was_shown_at_the_time_is_decoded(footage: Footage, number: int) -> None:
    frame_time = footage.start_time + number / FPS
    for late_s in (0.0, 0.05, 0.09):
        assert footage.number_at(frame_time + late_s) == pytest.approx(number, abs=0.4)


def test_a_time_at_the_very_end_shows_the_last_frame(footage: Footage) -> None:
    assert footage.number_at(footage.segment.end_time + 1) == pytest.approx(49, abs=0.4)


def test_only_the_fragments_from_the_keyframe_on_are_read(footage: Footage) -> None:
    before = footage.bytes_read
    footage.number_at(footage.start_time + 2.05)
    needed = [f.size for f in footage.segment.fragments if 2.0 <= f.start_ticks / 90_000 < 3.0]
    assert footage.bytes_read - before == footage.segment.init_size + sum(needed)


def test_a_segment_without_footage_has_no_frame(footage: Footage) -> None:
    with pytest.raises(NotFound):
        decode_still(replace(footage.segment, fragments=()), footage.start_time, footage.read)


def test_a_damaged_file_is_an_error_of_its_own(footage: Footage) -> None:
    def read_zeros(path: str, offset: int, size: int) -> bytes:
        return bytes(size)

    with pytest.raises(MediaError):
        decode_still(footage.segment, footage.start_time, read_zeros)
