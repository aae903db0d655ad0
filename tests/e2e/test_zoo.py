"""Strange streams through the reader and the recorder: whole footage, or a gap that says why."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from picket.capture.source import SourceSpec
from picket.domain.segment import GapReason
from picket.media.codec.sample_entry import STORED_AUDIO
from tests.support.judge import beeps, complaints, decode_times, flashes, joined
from tests.support.zoo import Footage, SimulatedTime, beeping, pictures, play, run_ffmpeg, x264

LENGTH_S = 7
IN_STEP_S = 0.05
X265 = ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params"]
HEVC = "keyint=25:min-keyint=25:scenecut=0:bframes=3:log-level=error"
SLICED = [*x264(more=":slices=8:aud=1"), "-bsf:v"]
UNEVEN = "select=not(mod(n\\,7)*mod(n\\,3))"
SEI = "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+hello"


def spec_of(file: Path) -> SourceSpec:
    return SourceSpec(str(file), is_file=True, kept_audio=STORED_AUDIO)


def record(file: Path, folder: Path, seconds: float = LENGTH_S) -> Footage:
    return play(spec_of(file), folder / "recordings", SimulatedTime(seconds - 0.01))


@dataclass(frozen=True)
class Specimen:
    """One kind of stream."""

    file: str
    arguments: list[str]
    seconds: float = LENGTH_S


SILENT = {
    "B-frames": Specimen("a.ts", [*pictures(LENGTH_S), *x264(b_frames=3)]),
    "negative decode times": Specimen("a.mp4", [*pictures(LENGTH_S), *x264(b_frames=3)]),
    "uneven frame rate": Specimen(
        "a.mkv",
        [*pictures(LENGTH_S), "-vf", UNEVEN, "-fps_mode", "vfr", *x264()],
    ),
    "no keyframe for a minute": Specimen("a.ts", [*pictures(63, fps=5), *x264(100_000)], 63),
    "no keyframe at all": Specimen(
        "a.ts", [*pictures(LENGTH_S), *x264(50, more=":intra-refresh=1")]
    ),
    "count that wraps": Specimen(
        "a.ts", [*pictures(LENGTH_S), *x264(b_frames=2), "-output_ts_offset", "95440"]
    ),
    "slices, delimiters and SEI": Specimen("a.ts", [*pictures(LENGTH_S), *SLICED, SEI]),
    "H.265": Specimen("a.ts", [*pictures(LENGTH_S), *X265, f"{HEVC}:open-gop=0"]),
    "H.265 with open GOPs": Specimen("a.ts", [*pictures(LENGTH_S), *X265, f"{HEVC}:open-gop=1"]),
    "Motion JPEG": Specimen(
        "a.mkv", [*pictures(LENGTH_S), "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"]
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_a_strange_stream_is_recorded_whole(tmp_path: Path, name: str) -> None:
    specimen = SILENT[name]
    file = tmp_path / specimen.file
    run_ffmpeg(*specimen.arguments, file)
    footage = record(file, tmp_path, specimen.seconds)
    assert footage.gaps == {}
    assert complaints(footage.files()) == ""
    assert_follows(footage, specimen.seconds)


def assert_follows(footage: Footage, seconds: float) -> None:
    """The files have the length that their rows say, rising times, and no hole between them."""
    for row, file in zip(footage.rows, footage.files(), strict=True):
        (times,) = (t for kind, t in decode_times(file).items() if kind == "video")
        assert all(a < b for a, b in itertools.pairwise(times))
        assert times[0] == 0
        assert row.duration_s - 0.5 < times[-1] < row.duration_s
        # A clock settles on the earliest picture, which with B-frames is not the first.
        assert row.end_time - row.start_time == pytest.approx(row.duration_s, abs=0.13)
    for before, after in itertools.pairwise(footage.rows):
        assert before.end_time == after.start_time
    length_s = sum(row.duration_s for row in footage.rows)
    assert length_s == pytest.approx(seconds, abs=0.25)


SOUND: dict[str, tuple[str, int, list[str]]] = {
    "AAC in a transport stream": ("a.ts", 16000, ["-c:a", "aac"]),
    "AAC": ("a.mkv", 16000, ["-c:a", "aac"]),
    "Opus": ("a.ts", 48000, ["-c:a", "libopus"]),
    "MP3": ("a.ts", 16000, ["-c:a", "libmp3lame"]),
    "G.711 A-law": ("a.nut", 8000, ["-c:a", "pcm_alaw"]),
    "G.711 mu-law": ("a.nut", 8000, ["-c:a", "pcm_mulaw"]),
    "G.722": ("a.nut", 16000, ["-c:a", "g722"]),
    "plain samples": ("a.nut", 44100, ["-c:a", "pcm_s16le"]),
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_is_recorded_in_step_with_the_picture(tmp_path: Path, name: str) -> None:
    file, rate, codec = SOUND[name]
    run_ffmpeg(*pictures(LENGTH_S), *beeping(LENGTH_S, rate=rate), *x264(), *codec, tmp_path / file)
    footage = record(tmp_path / file, tmp_path)
    assert footage.gaps == {}
    assert complaints(footage.files()) == ""
    assert_in_step(footage, tmp_path, marks=LENGTH_S - 1)


def assert_in_step(footage: Footage, folder: Path, marks: int) -> None:
    """The last flashes have their beeps; the sound of a first picture may come before it."""
    whole = joined(footage.rows, footage.root, folder / "joined.mp4")
    assert complaints([whole]) == ""
    heard = [beep for beep in beeps(whole) if beep > 0.5]
    assert len(heard) == marks
    assert heard == pytest.approx(flashes(whole)[-marks:], abs=IN_STEP_S)


@pytest.mark.parametrize(("container", "marks"), [("ts", 3), ("mkv", 5)])
def test_sound_that_starts_late_is_recorded_from_the_next_keyframe_on(
    tmp_path: Path, container: str, marks: int
) -> None:
    """A transport stream does not tell of a sound's rate before it begins, Matroska does."""
    file = tmp_path / f"a.{container}"
    late = ["-itsoffset", "7", *beeping(5)]
    run_ffmpeg(*pictures(12), *late, *x264(), "-c:a", "aac", file)
    footage = record(file, tmp_path, 12)
    assert footage.gaps == {}
    assert complaints(footage.files()) == ""
    with_sound = [row for row in footage.rows if "mp4a" in row.codecs]
    assert_in_step(Footage(footage.root, {r.id: r for r in with_sound}), tmp_path, marks=marks)


def test_sound_that_stops_does_not_stop_the_picture(tmp_path: Path) -> None:
    run_ffmpeg(*pictures(LENGTH_S), *beeping(3), *x264(), "-c:a", "aac", tmp_path / "a.ts")
    footage = record(tmp_path / "a.ts", tmp_path)
    assert complaints(footage.files()) == ""
    assert sum(row.duration_s for row in footage.rows) == pytest.approx(LENGTH_S, abs=0.1)


def two_parts(folder: Path, offset_s: float, size: str = "160x120") -> Path:
    """Two transport streams of 4 s, one behind the other; the second counts from `offset_s`."""
    first, second, whole = (folder / f"{name}.ts" for name in ("first", "second", "whole"))
    run_ffmpeg(*pictures(4), *x264(), first)
    run_ffmpeg(*pictures(4, size=size), *x264(), "-output_ts_offset", str(offset_s), second)
    whole.write_bytes(first.read_bytes() + second.read_bytes())
    return whole


def test_another_size_begins_another_segment_and_nothing_is_missing(tmp_path: Path) -> None:
    footage = record(two_parts(tmp_path, 4, "320x240"), tmp_path, 8)
    assert footage.gaps == {}
    assert complaints(footage.files()) == ""
    assert_follows(footage, 8)
    assert [row.width for row in footage.rows] == [160, 160, 320, 320]
    assert len({row.session for row in footage.rows}) == 2


def test_a_count_that_goes_back_goes_on_where_it_was(tmp_path: Path) -> None:
    footage = record(two_parts(tmp_path, 1), tmp_path, 8)
    assert footage.gaps == {}
    assert complaints(footage.files()) == ""
    assert_follows(footage, 8)


def test_a_count_that_leaps_is_a_gap_and_begins_anew(tmp_path: Path) -> None:
    footage = record(two_parts(tmp_path, 100), tmp_path, 8)
    assert complaints(footage.files()) == ""
    gap = next(iter(footage.gaps.values()))
    assert gap.reason is GapReason.CLOCK
    assert "jumped by 96" in gap.detail
    before, after = footage.rows[1], footage.rows[2]
    assert (gap.start_time, gap.end_time) == (before.end_time, after.start_time)
    assert before.session != after.session


def test_h264_with_open_gops_plays_on_across_its_files(tmp_path: Path) -> None:
    """A file alone begins with pictures whose references lie in the file before: a player says so.

    Put together, as HLS and clips do, there is nothing to say.
    """
    run_ffmpeg(*pictures(LENGTH_S), *x264(b_frames=3, more=":open-gop=1"), tmp_path / "a.ts")
    footage = record(tmp_path / "a.ts", tmp_path)
    assert footage.gaps == {}
    assert_follows(footage, LENGTH_S)
    assert complaints([joined(footage.rows, footage.root, tmp_path / "joined.mp4")]) == ""


def with_loss(data: bytes) -> bytes:
    """Every 37th packet of a transport stream is missing."""
    packets = [data[at : at + 188] for at in range(0, len(data), 188)]
    return b"".join(p for n, p in enumerate(packets) if n < 10 or n % 37)


def with_flipped(data: bytes) -> bytes:
    damaged = bytearray(data)
    for at in range(5000, len(data), 7919):
        damaged[at] ^= 0x55
    return bytes(damaged)


@pytest.mark.parametrize(
    ("container", "damage"), [("ts", with_loss), ("ts", with_flipped), ("mp4", with_flipped)]
)
def test_a_damaged_stream_loses_no_more_than_what_was_damaged(
    tmp_path: Path, container: str, damage: Callable[[bytes], bytes]
) -> None:
    """What came is kept: a decoder may complain of it, a demuxer may not."""
    clean, file = tmp_path / f"clean.{container}", tmp_path / f"damaged.{container}"
    index_first = ["-movflags", "faststart"] if container == "mp4" else []
    sound = [*beeping(LENGTH_S), "-c:a", "aac"]
    run_ffmpeg(*pictures(LENGTH_S), *sound[:4], *x264(), *sound[4:], *index_first, clean)
    file.write_bytes(damage(clean.read_bytes()))
    footage = record(file, tmp_path)
    for path in footage.files():
        for times in decode_times(path).values():
            assert all(a < b for a, b in itertools.pairwise(times))
    explained_s = sum(
        (gap.end_time or footage.rows[-1].end_time) - gap.start_time
        for gap in footage.gaps.values()
    )
    recorded_s = sum(row.end_time - row.start_time for row in footage.rows)
    assert recorded_s + explained_s == pytest.approx(LENGTH_S, abs=0.3)
    assert all(gap.detail for gap in footage.gaps.values())
    assert sum(len(flashes(path)) for path in footage.files()) >= LENGTH_S - 3
