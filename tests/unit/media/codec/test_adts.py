from picket.media.codec.adts import read_adts

FRAME = bytes.fromhex("fff160403f7ffcde02")
"""16 kHz, mono, without a checksum: from ffmpeg's own muxer."""


def test_a_header_tells_rate_and_channels() -> None:
    header = read_adts(FRAME)
    assert header is not None
    assert (header.size, header.sample_rate, header.channels) == (7, 16000, 1)
    assert header.frame_s == 0.064


def test_a_checksum_makes_it_longer() -> None:
    header = read_adts(FRAME[:1] + b"\xf0" + FRAME[2:])
    assert header is not None
    assert header.size == 9


def test_other_bytes_are_no_header() -> None:
    assert read_adts(b"\x21" + FRAME) is None
    assert read_adts(FRAME[:8]) is None
    assert read_adts(FRAME[:2] + b"\x7c" + FRAME[3:]) is None  # a rate that is not defined
