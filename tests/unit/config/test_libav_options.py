from __future__ import annotations

import pytest

from picket.config.libav_options import libav_options


def test_options_of_the_demuxer_and_the_protocol_are_passed_on() -> None:
    found = libav_options(["-rtsp_transport", "udp", "-stimeout", "9", "-r", "12", "-f", "mjpeg"])
    assert found
    assert found.options == {"rtsp_transport": "udp", "timeout": "9", "framerate": "12"}
    assert found.format == "mjpeg"


def test_what_a_reader_does_not_need_is_left_out() -> None:
    words = "-hide_banner -avoid_negative_ts make_zero -use_wallclock_as_timestamps 1 -threads 2"
    found = libav_options(words.split())
    assert found
    assert found.options == {}


def test_flags_add_up_only_with_a_sign() -> None:
    joined = libav_options(["-fflags", "nobuffer", "-fflags", "+genpts+discardcorrupt"])
    replaced = libav_options(["-fflags", "nobuffer", "-fflags", "genpts"])
    assert joined
    assert replaced
    assert joined.options["fflags"] == "nobuffer+genpts+discardcorrupt"
    assert replaced.options["fflags"] == "genpts"


def test_pacing_and_repeating_are_told_apart() -> None:
    assert libav_options(["-re"]) == libav_options(["-stream_loop", "-1"])
    repeated = libav_options(["-re"])
    assert repeated
    assert repeated.is_repeated


@pytest.mark.parametrize(
    "words", ["-itsoffset 1", "-c:v h264", "-stream_loop 3", "stray", "-f", "-"]
)
def test_what_has_no_equivalent_is_not_guessed(words: str) -> None:
    assert libav_options(words.split()) is None
