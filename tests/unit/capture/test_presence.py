import socket

import pytest

from picket.capture.presence import is_present


def test_who_accepts_is_there_and_who_refuses_is_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"rtsp://admin:hunter2@127.0.0.1:{listener.getsockname()[1]}/1"
        assert is_present(url)
    assert not is_present(url)


def test_who_drops_what_he_is_sent_is_not_there_after_a_while() -> None:
    """A full queue of a listener drops attempts to connect, as a cable that was pulled does."""
    with socket.socket() as listener, socket.socket() as first:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        first.connect(listener.getsockname())
        assert not is_present(f"rtsp://127.0.0.1:{listener.getsockname()[1]}/1", 0.2)


@pytest.mark.parametrize(
    "url", ["udp://239.0.0.1:5004", "srt://camera:9000", "/media/clip.mp4", "rtsp://camera:port/1"]
)
def test_where_it_cannot_be_asked_he_counts_as_there(url: str) -> None:
    assert is_present(url)


def test_a_name_that_is_unknown_is_not_there() -> None:
    assert not is_present("rtsp://no-such-camera.invalid/1")
