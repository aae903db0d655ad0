import pytest

from picket.domain.errors import MediaError
from picket.media.codec.sps import read_h264_sps, read_hevc_sps
from tests.support.packets import H264_SPS, HEVC_SPS, OTHER_SPS


def test_an_h264_set_tells_size_and_profile() -> None:
    sps = read_h264_sps(H264_SPS)
    assert (sps.width, sps.height, sps.profile.hex()) == (1280, 720, "64001f")
    assert (sps.chroma_format, sps.luma_bits, sps.chroma_bits) == (1, 8, 8)


def test_cropping_is_taken_off() -> None:
    sps = read_h264_sps(OTHER_SPS)  # 640x368 coded
    assert (sps.width, sps.height) == (626, 360)


def test_a_baseline_set_has_no_chroma_fields() -> None:
    sps = read_h264_sps(bytes.fromhex("6742801696540601bd3506060640000003004000000661"))
    assert (sps.width, sps.height, sps.profile.hex()) == (768, 432, "428016")


def test_an_hevc_set_tells_size_and_general_tier() -> None:
    sps = read_hevc_sps(HEVC_SPS)
    assert (sps.width, sps.height) == (1280, 720)
    assert sps.profile.hex() == "01600000009000000000005d"
    assert (sps.sub_layers, sps.is_nested, sps.luma_bits) == (1, True, 8)


@pytest.mark.parametrize("length", range(1, 10))
def test_a_set_cut_short_is_an_error(length: int) -> None:
    with pytest.raises(MediaError):
        read_h264_sps(H264_SPS[:length])
    with pytest.raises(MediaError):
        read_hevc_sps(HEVC_SPS[:length])
