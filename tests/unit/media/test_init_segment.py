import io

import av
import pytest

from picket.domain.errors import MediaError
from picket.domain.stream import MediaKind
from picket.media.boxes import box
from picket.media.codec.nal import ParameterSets
from picket.media.codec.sample_entry import audio_entry, h264_entry
from picket.media.init_segment import AUDIO_TRACK, VIDEO_TRACK, build_init, read_init
from tests.support.packets import AUDIO, H264_PPS, H264_SPS

VIDEO_ENTRY = h264_entry(ParameterSets((), (H264_SPS,), (H264_PPS,)))


def test_libav_reads_the_tracks_back() -> None:
    init = build_init(VIDEO_ENTRY, audio_entry(AUDIO))
    with av.open(io.BytesIO(init.data)) as source:
        video, audio = source.streams.video[0], source.streams.audio[0]
        assert (video.codec_context.name, video.width, video.height) == ("h264", 1280, 720)
        assert (audio.codec_context.name, audio.sample_rate) == ("aac", 16000)
    assert init.codecs == "avc1.64001F,mp4a.40.2"
    assert init.has_audio


def test_what_was_written_is_read() -> None:
    tracks = read_init(build_init(VIDEO_ENTRY, audio_entry(AUDIO)).data)
    video, audio = tracks[VIDEO_TRACK], tracks[AUDIO_TRACK]
    assert (video.kind, video.entry) == (MediaKind.VIDEO, VIDEO_ENTRY.data)
    assert (video.width, video.height) == (1280, 720)
    assert audio.kind is MediaKind.AUDIO


def test_a_stream_without_sound_has_one_track() -> None:
    init = build_init(VIDEO_ENTRY, None)
    assert list(read_init(init.data)) == [VIDEO_TRACK]
    assert not init.has_audio


def test_equal_streams_have_equal_init_segments() -> None:
    assert build_init(VIDEO_ENTRY, None) == build_init(VIDEO_ENTRY, None)


def test_a_file_without_moov_is_an_error() -> None:
    with pytest.raises(MediaError, match="moov"):
        read_init(box(b"ftyp", b"iso6"))
