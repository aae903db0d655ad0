"""What a camera needs to be recorded: a reader per input, the recording thread, their queues.

It is imported and started before the analysis, whose libraries take longer: a worker that was
killed records again that much earlier.
"""

from __future__ import annotations

import random
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from picket.capture.muted import Muted
from picket.capture.queue import PacketQueue
from picket.capture.reader import InputReader, PacketSink, ReaderStatus, ReaderTools
from picket.capture.source import SourceSpec, quick_options, real_clocks
from picket.capture.tap import LiveTap
from picket.config.camera import CameraConfig
from picket.config.ffmpeg import CameraInput
from picket.config.ffmpeg_args import plan_input
from picket.config.live_streams import LiveStream, live_inputs
from picket.config.masking import mask_credentials
from picket.domain.ids import ALPHABET, SUFFIX_LENGTH
from picket.domain.segment import GapReason, Segment
from picket.domain.stream import MediaKind
from picket.ipc.messages import Record
from picket.ipc.packet_ring import PacketRing
from picket.media.codec.sample_entry import STORED_AUDIO
from picket.record.latest import recorded_until
from picket.record.measured_files import MeasuredFiles
from picket.record.recorder import Recorder, RecorderSpec
from picket.runtime.settings import Settings
from picket.runtime.wiring import LiveRings
from picket.runtime.worker.recording import Recording, RecordingTools

RECORD_QUEUE_BYTES = 96 * 1024 * 1024  # half a minute of a 4K stream while a disk hangs
RECORD_LINGER_S = 0.25  # much less than the second of video that waits for the disk anyway
DETECT_QUEUE_BYTES = 24 * 1024 * 1024
SOUND_QUEUE_BYTES = 1024 * 1024  # a minute of AAC, ten seconds of the largest PCM
SOUND_LINGER_S = 0.25  # a window of sound is a second long


def random_draws() -> Sequence[int]:
    """The random part of an id."""
    return [secrets.randbelow(len(ALPHABET)) for _ in range(SUFFIX_LENGTH)]


class Intake:
    """Reads one camera and records it.

    Whoever analyses takes from `detect_queue`, whoever listens from `sound_queue`.
    """

    def __init__(
        self, settings: Settings, name: str, put: Callable[[Record], None], rings: LiveRings
    ) -> None:
        """Args: put: to the keeper."""
        self.name = name
        self.detect_queue = PacketQueue(DETECT_QUEUE_BYTES, is_for_now=True)
        self.sound_queue = PacketQueue(SOUND_QUEUE_BYTES, SOUND_LINGER_S, only=MediaKind.AUDIO)
        self.on_closed: Callable[[Segment], None] = lambda _: None  # told of each whole segment
        self._config: CameraConfig = settings.config.cameras[name]
        self._stop = threading.Event()
        self._record_queue = PacketQueue(RECORD_QUEUE_BYTES, RECORD_LINGER_S)
        wall, monotonic = real_clocks()
        self.files = MeasuredFiles(monotonic)
        self._recording = Recording(
            name,
            self._record_queue,
            Recorder(RecorderSpec(settings.media.recordings, name, files=self.files), random_draws),
            RecordingTools(put, lambda segment: self.on_closed(segment), wall, random_draws),
        )
        self._recording.is_on = self._config.record.enabled
        tools = ReaderTools(
            wall,
            monotonic,
            random.random,
            lambda: secrets.token_hex(6),
            partial(recorded_until, settings.media.recordings, name),
        )
        self._inputs = live_inputs(self._config)
        self._taps = {
            source: LiveTap(PacketRing(rings[stream]), wall, monotonic)
            for stream, source in self._inputs.items()
        }
        self._readers = {
            source: InputReader(
                name, self._spec(source), self._sinks(source), tools, mask_credentials
            )
            for source in self._config.ffmpeg.inputs
            if self._queues(source) or self._listens(source)
        }
        self._recorder_thread = threading.Thread(
            target=self._recording.run, name=f"record:{name}", daemon=True
        )

    def start(self) -> None:
        """Start every thread."""
        self._recorder_thread.start()
        for reader in self._readers.values():
            body = partial(reader.run, self._stop)
            threading.Thread(target=body, name=f"read:{self.name}", daemon=True).start()

    def end_stalled(self) -> None:
        """Once a second: end what hangs."""
        for reader in self._readers.values():
            reader.kill_if_stalled()

    def ask_to_stop(self) -> None:
        """Stop reading; what was read is still recorded and analysed."""
        self._stop.set()
        self._record_queue.close()
        self.detect_queue.close()
        self.sound_queue.close()

    def join(self, timeout_s: float) -> None:
        """Wait for the recording to end; readers may hang in a silent socket."""
        self._recorder_thread.join(timeout_s)

    def switch(self, *, is_on: bool) -> None:
        """Record, or do not; any thread may call it."""
        self._recording.is_on = is_on

    def show_live(self, stream: LiveStream, *, is_new: bool) -> None:
        """Somebody watches a stream; any thread may call it."""
        self._taps[self._inputs[stream]].watch(is_new=is_new)

    @property
    def detect_status(self) -> ReaderStatus:
        """How the input that is analysed is doing."""
        return next(
            (r.status for s, r in self._readers.items() if "detect" in s.roles),
            next(iter(self._readers.values())).status,
        )

    @property
    def reconnects(self) -> Counter[GapReason]:
        """Of all inputs, by cause."""
        return sum((Counter(one.status.reconnects) for one in self._readers.values()), Counter())

    @property
    def dropped_packets(self) -> int:
        """Of all consumers."""
        queues = (self._record_queue, self.detect_queue, self.sound_queue)
        return sum(queue.dropped for queue in queues)

    def _spec(self, source: CameraInput) -> SourceSpec:
        plan = plan_input(self._config.ffmpeg, source, self._config.detect.fps)
        return SourceSpec(
            url=plan.url,
            options=plan.options,
            quick_options=quick_options(plan.url, plan.options),
            format=plan.format,
            child_argv=plan.child_argv,
            is_file=plan.is_file,
            wants_audio=self._records_sound(source) or self._listens(source),
            kept_audio=STORED_AUDIO if self._config.record.audio == "auto" else None,
        )

    def _sinks(self, source: CameraInput) -> list[PacketSink]:
        tap = self._taps.get(source)
        sinks: list[PacketSink] = [*self._queues(source), *([tap] if tap else [])]
        if not self._listens(source):
            return sinks
        if not self._records_sound(source):  # read for its sound, which nobody is to keep
            sinks = [Muted(sink) for sink in sinks]
        return [*sinks, self.sound_queue]

    def _records_sound(self, source: CameraInput) -> bool:
        return "record" in source.roles and self._config.record.audio != "off"

    def _listens(self, source: CameraInput) -> bool:
        return "audio" in source.roles and bool(self._config.audio.enabled_in_config)

    def _queues(self, source: CameraInput) -> list[PacketQueue]:
        queues = []
        if "record" in source.roles and self._config.record.enabled_in_config:
            queues.append(self._record_queue)
        if "detect" in source.roles:
            queues.append(self.detect_queue)
        return queues
