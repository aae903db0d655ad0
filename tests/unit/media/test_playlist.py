from picket.domain.segment import MEDIA_TIMESCALE, SegmentOutline
from picket.media.playlist import (
    InitName,
    MediaName,
    master_playlist,
    media_playlist,
    read_name,
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
    fragments=10,
    media_ticks=10 * MEDIA_TIMESCALE,
    media_bytes=50_000,
)
SECOND = FIRST._replace(id=f"{NOON + 10}-bbbbbb", start_time=NOON + 10, end_time=NOON + 20)
LATER = FIRST._replace(
    id=f"{NOON + 60}-cccccc", session="t", start_time=NOON + 60, end_time=NOON + 70
)


def test_segments_of_a_session_share_one_map_and_one_timeline() -> None:
    assert media_playlist([FIRST, SECOND], "").splitlines() == [
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


def test_a_jump_of_time_is_a_discontinuity_with_a_new_map() -> None:
    lines = media_playlist([FIRST, LATER], "").splitlines()
    at = lines.index("#EXT-X-DISCONTINUITY")
    assert lines[at + 1] == f'#EXT-X-MAP:URI="init-v1-{LATER.id}.mp4"'
    assert lines[at + 2].endswith("2024-01-15T12:01:00.500Z")
    assert lines[at + 4] == f"seg-900000-10-{LATER.id}-v1.m4s"


def test_a_hole_inside_a_session_is_a_discontinuity_too() -> None:
    assert "#EXT-X-DISCONTINUITY" in media_playlist([FIRST, LATER._replace(session="s")], "")


def test_the_query_string_is_repeated_in_every_address() -> None:
    query = "authSig=a%20b&x=1"
    for text in (media_playlist([FIRST, LATER], query), master_playlist([FIRST], 10.0, query)):
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
