"""One connection to one camera input, read through libav in this process."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from picket.capture.child import FfmpegChild
from picket.capture.clock import StreamClock, advance_clock, has_stepped, start_clock
from picket.capture.raw_form import RawForm
from picket.capture.timeline import PlacedPacket, RawPacket, Timeline
from picket.capture.wait import Wait
from picket.domain.errors import ClockJumped, MediaError
from picket.domain.stream import MediaKind, Packet, StreamInfo, TrackInfo

if TYPE_CHECKING:
    from picket.capture.sound import AacSound

Clock = Callable[[], float]

RTSP_QUICK = {"fpsprobesize": "0", "analyzeduration": "500000"}
"""libav's own defaults wait for 20 frames to guess a frame rate and for seconds to find streams; an
RTSP server has named its streams before it sends, and mostly their parameter sets too."""


UNTIMED = frozenset({"mpjpeg", "mjpeg", "h264", "hevc"})
"""libav's demuxers of streams that carry no times: it would count 25 pictures a second."""


def quick_options(url: str, options: Mapping[str, str]) -> Mapping[str, str]:
    """Options that let the first packet of an RTSP camera come in half a second.

    Args:
        url: of the camera; for other schemes there are none.
        options: what the user sets; then how long to look is his choice alone.
    """
    is_rtsp = url.startswith(("rtsp://", "rtsps://"))
    return RTSP_QUICK if is_rtsp and not {*RTSP_QUICK, "probesize"} & {*options} else {}


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """Where packets come from and how to ask for them."""

    url: str
    options: Mapping[str, str] = field(default_factory=dict)  # libav's, such as rtsp_transport
    quick_options: Mapping[str, str] = field(default_factory=dict)  # more, for a first attempt
    format: str | None = None  # libav's demuxer when it must not be guessed
    child_argv: tuple[str, ...] = ()  # ffmpeg child writing NUT to its standard output, or empty
    is_file: bool = False  # played in real time, again and again, as is a finished file over HTTP
    open_timeout_s: float = 10.0
    read_timeout_s: float = 10.0  # a longer silence is a stall
    wants_audio: bool = True
    kept_audio: frozenset[str] | None = None  # codecs that are not made into AAC; None: all

    @property
    def is_buffered(self) -> bool:
        """Whether what arrives while nobody reads is kept, and arrival is not taken for a time."""
        is_rtsp = self.url.startswith(("rtsp://", "rtsps://")) and not self.child_argv
        return is_rtsp and self.options.get("rtsp_transport") == "tcp"

    @property
    def patience_s(self) -> float:
        """How long libav waits for a camera that says nothing: our limit, or the user's."""
        if self.is_file:
            return math.inf
        limits = (self.options.get(name, "") for name in ("timeout", "rw_timeout"))
        own_s = [int(limit) / 1e6 for limit in limits if limit.isdecimal() and int(limit)]
        return min([self.open_timeout_s, self.read_timeout_s, *own_s])


class Source:
    """An open connection. `packets` ends with an exception that says why.

    The session is one unbroken timeline: presentation times count from its first video packet.
    """

    def __init__(self, spec: SourceSpec, session: str, wall: Clock, monotonic: Clock) -> None:
        self._spec = spec
        self._wall = wall
        self._monotonic = monotonic
        self._child = FfmpegChild(spec.child_argv) if spec.child_argv else None
        try:
            self._container = _open(spec, self._child)
        except BaseException:
            self._end_child()
            raise
        self._is_file = spec.is_file or _is_finished_file(self._container, spec)
        self.info = _describe(self._container, spec, session)
        self._sound = _converter(self._container, self.info.audio, spec)
        if self._sound is not None:
            self.info = replace(self.info, audio=self._sound.track)

    @property
    def child_pid(self) -> int:
        """Process id of the ffmpeg child, 0 without one."""
        return self._child.pid if self._child else 0

    def packets(self, wait: Callable[[float], bool]) -> Iterator[Packet]:
        """Every packet of the video and audio track, as it arrives.

        Args:
            wait: sleeps for so many seconds and says whether to stop; paces files.

        Raises:
            StreamEnded: the other side closed.
            ClockJumped: time made a step, so a new session is needed.
            StreamStalled: nothing came for a while, though the camera is there.
            MediaError: what came is not a stream.
        """
        timeline = Timeline()
        start_monotonic = self._monotonic()
        clock: StreamClock | None = None
        for raw in self._demux():
            for placed in timeline.place(raw):
                if self._is_file and wait(start_monotonic + placed.dts_s - self._monotonic()):
                    return
                clock = self._advance(clock, placed)
                for ready in self._converted(placed):
                    yield self._stamp(ready, clock)

    def _converted(self, placed: PlacedPacket) -> Iterable[PlacedPacket]:
        if self._sound is None or placed.raw.kind is not MediaKind.AUDIO:
            return (placed,)
        return self._sound.convert(placed)

    def _advance(self, clock: StreamClock | None, placed: PlacedPacket) -> StreamClock:
        now = self._wall()
        if clock is None:
            return start_clock(placed.pts_s, now)
        if placed.raw.kind is not MediaKind.VIDEO:
            return clock
        if has_stepped(clock, placed.pts_s, now):
            raise ClockJumped("the clock of the camera or of this machine jumped")
        return advance_clock(clock, placed.pts_s, now)

    def _stamp(self, placed: PlacedPacket, clock: StreamClock) -> Packet:
        return Packet(
            kind=placed.raw.kind,
            data=placed.raw.data,
            pts_s=placed.pts_s,
            dts_s=placed.dts_s,
            duration_s=placed.raw.duration_s,
            is_keyframe=placed.raw.is_keyframe,
            wall_time=placed.pts_s + clock.offset,
            arrival_monotonic=self._monotonic(),
        )

    def kill_child(self) -> None:
        """End the ffmpeg child, and with it a read that hangs; any thread may call it."""
        if self._child is not None:
            self._child.kill()

    def close(self) -> None:
        """Disconnect."""
        self.kill_child()
        self._container.close()
        self._end_child()

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.close()

    def _demux(self) -> Iterator[RawPacket]:
        """Packets of the tracks we keep; a file starts over at its end."""
        container = self._container
        for round_number in itertools.count():
            streams = _chosen_streams(container, self._spec)
            is_untimed = container.format.name in UNTIMED and not self._is_file
            forms = {stream.index: RawForm.of(stream, round_number) for stream in streams}
            wait = Wait(self._spec.url, self._spec.patience_s, self._child)
            try:
                for packet in container.demux(streams):
                    if packet.size:
                        raw = forms[packet.stream_index].raw(packet)
                        yield self._timed(raw) if is_untimed else raw
                        wait.begin()
            except FFmpegError as error:
                raise wait.failure(error) from error
            if not self._is_file:
                raise wait.failure(None)
            container.close()
            self._container = container = _open(self._spec, None)

    def _timed(self, raw: RawPacket) -> RawPacket:
        """With its arrival in place of a time that was made up."""
        now = self._monotonic()
        return replace(raw, pts_s=now, dts_s=now, duration_s=0.0)


def _open(spec: SourceSpec, child: FfmpegChild | None) -> InputContainer:
    if spec.quick_options:
        options = {**spec.quick_options, **spec.options}
        container = _open_with(options, spec, child)
        if _is_understood(container, spec):
            return container
        container.close()  # it joined far from a keyframe, or its sound comes late
    return _open_with(spec.options, spec, child)


def _is_understood(container: InputContainer, spec: SourceSpec) -> bool:
    """Whether everything is known that storing and decoding the streams needs."""
    streams = _chosen_streams(container, spec)
    return any(stream.type == "video" for stream in streams) and all(
        stream.codec_context.width and stream.codec_context.extradata
        if isinstance(stream, VideoStream)
        else stream.codec_context.sample_rate
        for stream in streams
    )


def _open_with(
    options: Mapping[str, str], spec: SourceSpec, child: FfmpegChild | None
) -> InputContainer:
    wait = Wait(spec.url, spec.patience_s, child)
    try:
        return av.open(
            f"pipe:{child.output_fd}" if child else spec.url,
            format="nut" if child else spec.format,
            options={} if child else dict(options),
            timeout=(spec.open_timeout_s, spec.read_timeout_s),
            metadata_errors="ignore",
        )
    except FFmpegError as error:
        raise wait.failure(error) from error


def _is_finished_file(container: InputContainer, spec: SourceSpec) -> bool:
    """Whether a web server hands out a whole file, which comes faster than it was filmed.

    What is live has no length; cameras that send pictures without times claim one.
    """
    is_web = spec.url.startswith(("http://", "https://")) and not spec.child_argv
    has_length = container.duration is not None or container.size > 0
    return is_web and has_length and container.format.name not in UNTIMED


def _converter(
    container: InputContainer, track: TrackInfo | None, spec: SourceSpec
) -> AacSound | None:
    if track is None or spec.kept_audio is None or track.codec in spec.kept_audio:
        return None
    # NumPy takes a tenth of a second to import, in which cameras without such sound record.
    from picket.capture.sound import AacSound

    try:
        return AacSound(track, container.streams.audio[0].codec_context)
    except MediaError:  # handed on as it is: the recorder names what it cannot store
        return None


def _chosen_streams(container: InputContainer, spec: SourceSpec) -> list[VideoStream | AudioStream]:
    """The first video stream and, where wanted, the first audio stream."""
    audio = container.streams.audio[:1] if spec.wants_audio else ()
    return [*container.streams.video[:1], *audio]


def _describe(container: InputContainer, spec: SourceSpec, session: str) -> StreamInfo:
    if not container.streams.video:
        container.close()
        raise MediaError("there is no video in the stream")
    video = container.streams.video[0]
    audio = container.streams.audio[0] if spec.wants_audio and container.streams.audio else None
    return StreamInfo(
        session=session,
        video=_video_info(video),
        audio=_audio_info(audio) if audio else None,
        fps=float(video.average_rate or video.guessed_rate or 0.0),
    )


def _video_info(stream: VideoStream) -> TrackInfo:
    context = stream.codec_context
    return TrackInfo(
        kind=MediaKind.VIDEO,
        codec=context.codec.canonical_name,
        extradata=bytes(context.extradata or b""),
        width=context.width,
        height=context.height,
    )


def _audio_info(stream: AudioStream) -> TrackInfo:
    context = stream.codec_context
    return TrackInfo(
        kind=MediaKind.AUDIO,
        codec=context.codec.canonical_name,
        extradata=bytes(context.extradata or b""),
        sample_rate=context.sample_rate,
        channels=context.channels,
    )


def real_clocks() -> tuple[Clock, Clock]:
    """The machine's wall clock (Unix seconds) and its monotonic one."""
    return time.time, time.monotonic
