from __future__ import annotations

import pytest

from picket.domain.errors import InvalidRequest, PicketError, Unavailable
from picket.media.camera_probe import (
    PROTOCOLS,
    FoundStream,
    complaint,
    picture_argv,
    read_streams,
    require_network,
    streams_argv,
    suggested_roles,
)

H264 = FoundStream("h264", 1280, 720, 25.0, has_audio=False)


@pytest.mark.parametrize(
    "url",
    [
        *("rtsp://camera/1", "RTSPS://u:p@camera:322/x", "http://camera/video", "https://camera/x"),
        "rtmp://camera/live",
    ],
)
def test_addresses_in_the_network_are_tried(url: str) -> None:
    require_network(url)


@pytest.mark.parametrize(
    "url",
    [
        *("", "/etc/passwd", "file:///etc/passwd", "camera/1", "-i", "concat:a|b", "rtsp://"),
        *(
            "pipe:0",
            "subfile,,start,0,end,9,,:/etc/passwd",
            "ftp://host/x",
            "http://a\nb",
            "udp://h",
        ),
    ],
)
def test_nothing_else_is_opened(url: str) -> None:
    with pytest.raises(InvalidRequest, match="url: "):
        require_network(url)


@pytest.mark.parametrize("argv", [streams_argv("rtsp://camera/1"), picture_argv("rtsp://camera/1")])
def test_no_file_may_be_opened_on_the_way(argv: list[str]) -> None:
    assert argv[argv.index("-protocol_whitelist") + 1] == PROTOCOLS
    assert {"file", "pipe", "concat", "data", "subfile"}.isdisjoint(PROTOCOLS.split(","))
    assert argv.index("-protocol_whitelist") < argv.index("-i")
    assert argv[argv.index("-rtsp_transport") + 1] == "tcp"


def test_the_streams_are_those_with_pictures() -> None:
    told = {
        "streams": [
            {"codec_type": "audio", "codec_name": "aac"},
            {
                "codec_type": "video",
                "codec_name": "hevc",
                "width": 2560,
                "height": 1440,
                "avg_frame_rate": "30000/1001",
            },
            {"codec_type": "video", "codec_name": "h264", "avg_frame_rate": "0/0"},
        ]
    }
    assert read_streams(told) == (
        FoundStream("hevc", 2560, 1440, 29.97, has_audio=True),
        FoundStream("h264", 0, 0, 0.0, has_audio=True),
    )
    assert read_streams({}) == ()


@pytest.mark.parametrize(
    ("said", "word", "kind"),
    [
        ("method DESCRIBE failed: 401 Unauthorized", "password", InvalidRequest),
        ("Server returned 403 Forbidden (access denied)", "password", InvalidRequest),
        ("rtsp://h/1: Connection refused", "port", Unavailable),
        ("Server returned 404 Not Found", "path", InvalidRequest),
        ("Failed to resolve hostname cam: Name or service not known", "host name", InvalidRequest),
        ("Connection to tcp://10.0.0.9 failed: No route to host", "reached", Unavailable),
        ("rtsp://h/1: Connection timed out", "answer", Unavailable),
        ("http://h/1: Invalid data found when processing input", "video stream", InvalidRequest),
        ("Protocol 'file' not on whitelist 'http'!", "network", InvalidRequest),
        ("http://h:40401/403: Invalid data found", "video stream", InvalidRequest),
        ("[tcp @ 0x404401] http://h/1: Connection refused", "port", Unavailable),
        ("something nobody knows", "player", InvalidRequest),
    ],
)
def test_what_ffmpeg_says_becomes_a_cure(said: str, word: str, kind: type[PicketError]) -> None:
    error = complaint(said)
    assert type(error) is kind
    assert word in str(error)


def test_what_cannot_be_recorded_is_only_watched() -> None:
    assert suggested_roles((H264,)) == ["detect", "record"]
    assert suggested_roles((FoundStream("mjpeg", 640, 480, 5.0, has_audio=False),)) == ["detect"]
