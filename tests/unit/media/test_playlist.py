from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.segment import MEDIA_TIMESCALE, SegmentOutline
from picket.media.playlist import (
    CLOCK_TOLERANCE_S,
    InitName,
    MediaName,
    master_playlist,
    media_playlist,
    read_name,
    run_starts,
)

NOON = 1_705_320_000.5
FIRST = SegmentOutline(
    id=f"{NOON}-aaaaaa",
    session="s",
    start_time=NOON,
    end_time=NOON + 10,
    codecs="avc1.64001F",
    width=1280,
    height=720,
    path="2024-01-15/12/front/00.00.mp4",
    init_size=800,
    fragments=10,
    media_ticks=10 * MEDIA_TIMESCALE,
    media_bytes=50_000,
)
SECOND = FIRST._replace(id=f"{NOON + 10}-bbbbbb", start_time=NOON + 10, end_time=NOON + 20)
LATER = FIRST._replace(
    id=f"{NOON + 60}-cccccc", session="t", start_time=NOON + 60, end_time=NOON + 70
)


ALIKE = {FIRST.id: b"head", LATER.id: b"head"}
CHANGED = {FIRST.id: b"head", LATER.id: b"another"}
UNKNOWN = {FIRST.id: b"", LATER.id: b""}


def test_segments_of_a_session_share_one_map_and_one_timeline() -> None:
    assert media_playlist([FIRST, SECOND], "", {FIRST.id: b"head"}).splitlines() == [
        "#EXTM3U",
        "#EXT-X-TARGETDURATION:10",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-VERSION:6",
        "#EXT-X-MEDIA-SEQUENCE:1",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="init-v1-{FIRST.id}.mp4"',
        "#EXT-X-PROGRAM-DATE-TIME:2024-01-15T12:00:00.500Z",
        "#EXTINF:10.000000,",
        f"seg-0-10-{FIRST.id}-v1.m4s",
        "#EXTINF:10.000000,",
        f"seg-900000-10-{SECOND.id}-v1.m4s",
        "#EXT-X-ENDLIST",
    ]


def test_a_gap_tells_the_new_time_and_nothing_else() -> None:
    lines = media_playlist([FIRST, LATER], "", ALIKE).splitlines()
    assert lines[-4:-1] == [
        "#EXT-X-PROGRAM-DATE-TIME:2024-01-15T12:01:00.500Z",
        "#EXTINF:10.000000,",
        f"seg-900000-10-{LATER.id}-v1.m4s",
    ]
    assert "#EXT-X-DISCONTINUITY" not in lines
    assert sum("EXT-X-MAP" in line for line in lines) == 1


def test_the_time_is_told_anew_where_the_cameras_clock_differs_from_ours() -> None:
    shorter = SECOND._replace(start_time=NOON + 9.7, end_time=NOON + 19.7)
    first = FIRST._replace(end_time=NOON + 9.7)
    lines = media_playlist([first, shorter], "", {FIRST.id: b"head"}).splitlines()
    times = [line for line in lines if "DATE-TIME" in line]
    assert times == [
        "#EXT-X-PROGRAM-DATE-TIME:2024-01-15T12:00:00.500Z",
        "#EXT-X-PROGRAM-DATE-TIME:2024-01-15T12:00:10.200Z",
    ]


@given(st.lists(st.floats(-0.3, 0.3), min_size=1, max_size=20))
def test_no_player_is_wrong_about_the_time(shifts_s: list[float]) -> None:
    segments, start = [FIRST], NOON
    for number, shift_s in enumerate(shifts_s):
        start += 10 + shift_s
        segments[-1] = segments[-1]._replace(end_time=start)
        segments.append(SECOND._replace(id=str(number), start_time=start, end_time=start + 10))
    told, waiting = 0.0, iter(segments)
    for line in media_playlist(segments, "", {FIRST.id: b"head"}).splitlines():
        if line.startswith("#EXT-X-PROGRAM-DATE-TIME:"):
            told = datetime.fromisoformat(line.partition(":")[2]).timestamp()
        elif line.startswith("#EXTINF:"):
            assert abs(told - next(waiting).start_time) <= CLOCK_TOLERANCE_S + 0.001
            told += 10


def test_a_camera_that_changed_is_a_discontinuity_with_a_new_map() -> None:
    for heads in (CHANGED, UNKNOWN):
        lines = media_playlist([FIRST, LATER], "", heads).splitlines()
        at = lines.index("#EXT-X-DISCONTINUITY")
        assert lines[at + 1] == f'#EXT-X-MAP:URI="init-v1-{LATER.id}.mp4"'
        assert lines[at + 2].endswith("2024-01-15T12:01:00.500Z")
        assert lines[at + 4] == f"seg-900000-10-{LATER.id}-v1.m4s"


def test_a_run_ends_where_footage_is_missing_or_a_session_ends() -> None:
    other_session = SECOND._replace(session="t")
    hole_inside = LATER._replace(session="s")
    assert run_starts([FIRST, SECOND, LATER]) == [FIRST, LATER]
    assert run_starts([FIRST, other_session]) == [FIRST, other_session]
    assert run_starts([FIRST, hole_inside]) == [FIRST, hole_inside]
    assert run_starts([]) == []


def test_the_query_string_is_repeated_in_every_address() -> None:
    query = "authSig=a%20b&x=1"
    for text in (
        media_playlist([FIRST, LATER], query, CHANGED),
        master_playlist([FIRST], 10.0, query),
    ):
        addresses = [line for line in text.splitlines() if not line.startswith("#")]
        addresses += [line.split('"')[1] for line in text.splitlines() if "URI=" in line]
        assert addresses
        assert all(address.endswith(f"?{query}") for address in addresses)


def test_the_master_playlist_tells_rate_size_and_codecs() -> None:
    assert master_playlist([FIRST], 29.97, "").splitlines() == [
        "#EXTM3U",
        "#EXT-X-VERSION:6",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        "#EXT-X-STREAM-INF:BANDWIDTH=40000,AVERAGE-BANDWIDTH=40000,RESOLUTION=1280x720,"
        'FRAME-RATE=29.970,CODECS="avc1.64001F"',
        "index-v1.m3u8",
    ]
    assert "FRAME-RATE" not in master_playlist([FIRST], None, "")


def test_names_read_back_as_written() -> None:
    for name in (InitName(FIRST.id), MediaName(1 << 40, 12, FIRST.id)):
        assert read_name(str(name)) == name


def test_other_names_mean_nothing() -> None:
    for name in ("seg-1-v1.ts", "init-v1-../x.mp4", "seg--1-2-1.0-aaaaaa-v1.m4s", "", "x\n"):
        assert read_name(name) is None
