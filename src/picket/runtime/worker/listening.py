"""The thread that listens to one camera: packets of sound in, loudness and events out."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from picket.audio.hearing import Draws, Happening, end_all, fade, forget
from picket.audio.listen import Classifier, SoundMemory, listen
from picket.audio.rules import compile_rules
from picket.audio.tally import LoudTally, add_segment
from picket.audio.window import RATE, SILENCE, WINDOW_SAMPLES, Loudness, Window
from picket.capture.plain_sound import PlainSound
from picket.capture.queue import Item, PacketQueue, Skipped
from picket.config.audio import AudioConfig
from picket.config.camera import CameraConfig
from picket.domain.errors import MediaError, ModelError
from picket.domain.segment import Segment
from picket.domain.stream import Packet, StreamInfo, TrackInfo
from picket.ipc.changes import DeleteEvent
from picket.ipc.messages import SegmentHeard, SoundHeard

logger = logging.getLogger(__name__)

TOO_LATE_S = 2.0  # sound is measured but not examined while packets wait longer to be taken
NO_SOUND_S = 3.0  # without a packet for so long, sounds end by the clock of this machine
MODEL_SETTINGS = ("model_path", "labelmap_path", "num_threads")


@dataclass(frozen=True, slots=True)
class ListeningTools:
    """What the outside world gives."""

    tell: Callable[[SoundHeard], object]  # to the server
    report: Callable[[SegmentHeard], None]  # to the keeper
    happen: Callable[[Happening, CameraConfig], None]
    open_model: Callable[[AudioConfig], Classifier]  # raises ModelError
    wall: Callable[[], float]
    monotonic: Callable[[], float]
    draws: Draws


class Listening:
    """Decodes one camera's sound and steps through its windows, while listening is on."""

    def __init__(self, config: CameraConfig, queue: PacketQueue, tools: ListeningTools) -> None:
        self._config = config
        self._queue = queue
        self._tools = tools
        self._rules = compile_rules(config.audio)
        self._sound: PlainSound | None = None
        self._classifier: Classifier | None = None
        self._memory = SoundMemory()
        self._wishes: deque[CameraConfig | DeleteEvent | Segment] = deque(maxlen=1024)
        self._packet_monotonic = tools.monotonic()
        self._stream_problem = ""
        self._model_problem = ""
        self.loudness = SILENCE
        self.lost_windows = 0  # loud, but not examined for want of time

    @property
    def problem(self) -> str:
        """Why no sound is named; empty when all is well or listening is off."""
        return (self._stream_problem or self._model_problem) if self._config.audio.enabled else ""

    def run(self) -> None:
        """Until the queue is closed and empty; then every sound is ended."""
        self._open_model()
        self._tell(SILENCE, ())  # what a killed predecessor heard goes on no more
        while not self._queue.is_finished:
            self._take(self._queue.get(timeout_s=1.0))
            self._grant_wishes()
            if self._tools.monotonic() - self._packet_monotonic > NO_SOUND_S:
                self._fade()
        self._fall_silent()

    def adopt(self, config: CameraConfig) -> None:
        """Go on by a changed configuration; any thread may call it."""
        self._wishes.append(config)

    def wish(self, change: DeleteEvent) -> None:
        """A client deleted an event, which may be a running sound's; any thread may call it."""
        self._wishes.append(change)

    def segment_closed(self, segment: Segment) -> None:
        """The recorder closed a file; any thread may call it."""
        self._wishes.append(segment)

    def _take(self, item: Item | Skipped | None) -> None:
        if isinstance(item, StreamInfo):
            self._start_stream(item.audio)
        elif isinstance(item, Packet) and self._config.audio.enabled and self._sound is not None:
            self._packet_monotonic = self._tools.monotonic()
            is_late = self._packet_monotonic - item.arrival_monotonic > TOO_LATE_S
            for start_time, samples in self._sound.windows(item):
                self._hear(Window(start_time, samples), is_late=is_late)

    def _start_stream(self, track: TrackInfo | None) -> None:
        self._sound, self._stream_problem = None, ""
        if track is None:
            self._stream_problem = "the input with the role audio has no sound"
        else:
            try:
                self._sound = PlainSound(track, RATE, WINDOW_SAMPLES)
            except MediaError as error:
                self._stream_problem = str(error)
        if self._stream_problem:
            logger.warning("camera %s is not heard: %s", self._config.name, self._stream_problem)

    def _hear(self, window: Window, *, is_late: bool) -> None:
        classifier = None if is_late else self._classifier
        try:
            self._memory, result = listen(
                self._memory, window, classifier, self._rules, self._tools.draws
            )
        except ModelError as error:
            self._lose_model(error)
            return
        if is_late and result.is_loud:
            self.lost_windows += 1
        for report in result.reports:
            self._tools.report(report)
        self._tell(result.loudness, result.happenings)

    def _tell(self, loudness: Loudness, happenings: Sequence[Happening]) -> None:
        self.loudness = loudness
        for happening in happenings:
            self._tools.happen(happening, self._config)
        labels = tuple(self._memory.hearing.sounds)
        self._tools.tell(SoundHeard(self._config.name, loudness.rms, loudness.dbfs, labels))

    def _fade(self) -> None:
        """No sound comes, so its own time does not go on."""
        hearing, ended = fade(self._memory.hearing, self._tools.wall(), self._rules)
        self._memory = replace(self._memory, hearing=hearing)
        if ended or self.loudness != SILENCE:
            self._tell(SILENCE, ended)

    def _fall_silent(self) -> None:
        hearing, ended = end_all(self._memory.hearing)
        self._memory = SoundMemory(hearing, LoudTally())
        if ended or self.loudness != SILENCE:
            self._tell(SILENCE, ended)

    def _grant_wishes(self) -> None:
        """On the thread that owns the memory."""
        while self._wishes:
            match self._wishes.popleft():
                case CameraConfig() as config:
                    self._adopt(config)
                case DeleteEvent(event_id):
                    hearing = forget(self._memory.hearing, event_id)
                    self._memory = replace(self._memory, hearing=hearing)
                case Segment() as segment if self._config.audio.enabled:
                    tally = add_segment(self._memory.tally, segment.id, segment.span)
                    self._memory = replace(self._memory, tally=tally)

    def _adopt(self, config: CameraConfig) -> None:
        old, self._config = self._config.audio, config
        self._rules = compile_rules(config.audio)
        if any(getattr(old, name) != getattr(config.audio, name) for name in MODEL_SETTINGS):
            self._classifier = None
        self._open_model()
        if not config.audio.enabled:
            self._fall_silent()

    def _open_model(self) -> None:
        """Unless it is open, or not needed."""
        if not self._config.audio.enabled or self._classifier is not None:
            return
        try:
            self._classifier, self._model_problem = self._tools.open_model(self._config.audio), ""
        except ModelError as error:
            self._lose_model(error)

    def _lose_model(self, error: ModelError) -> None:
        """What goes on is said once; another configuration is another attempt."""
        self._classifier = None
        if str(error) != self._model_problem:
            logger.error("camera %s: %s", self._config.name, error)
        self._model_problem = str(error)
