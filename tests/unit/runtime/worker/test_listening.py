"""A camera whose sound is made by hand: PCM packets, a model that knows one sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from picket.audio.hearing import Happening, SoundBegan, SoundEnded
from picket.audio.listen import Classifier
from picket.audio.window import Samples
from picket.capture.queue import PacketQueue
from picket.config.audio import AudioConfig
from picket.config.camera import CameraConfig
from picket.domain.errors import ModelError
from picket.domain.stream import MediaKind, Packet, StreamInfo, TrackInfo
from picket.ipc.changes import DeleteEvent
from picket.ipc.messages import SegmentHeard, SoundHeard
from picket.runtime.worker.listening import Listening, ListeningTools
from tests.support.index_samples import make_segment
from tests.support.packets import STREAM, WALL
from tests.unit.config.samples import config

PCM = TrackInfo(MediaKind.AUDIO, "pcm_s16le", b"", sample_rate=16_000, channels=1)
HEARD = replace(STREAM, audio=PCM)
PACKET_S = 0.1
SILENT = SoundHeard("front", 0.0, 0.0, ())
LISTENING = AudioConfig(enabled=True, enabled_in_config=True, listen=("bark",), max_not_heard=1)
FRONT = config().cameras["front"].model_copy(update={"audio": LISTENING})
DEAF = FRONT.model_copy(update={"audio": LISTENING.model_copy(update={"enabled": False})})


def sound(number: int, level: float = 0.0, arrival_monotonic: float = 0.0) -> Packet:
    """The `number`th tenth of a second of noise at a level."""
    noise = np.random.default_rng(number).uniform(-level, level, round(PACKET_S * 16_000))
    data = (noise * 32_767).astype("<i2").tobytes()
    at = (number * PACKET_S, number * PACKET_S, PACKET_S)
    return Packet(MediaKind.AUDIO, data, *at, True, WALL + at[0], arrival_monotonic)  # noqa: FBT003


def noise(first_s: int, last_s: int, level: float = 0.5, arrival: float = 0.0) -> list[Packet]:
    return [sound(n, level, arrival) for n in range(first_s * 10, last_s * 10)]


class Dog:
    """A model that hears a bark in everything."""

    def classify(self, samples: Samples) -> Mapping[str, float]:
        assert samples.dtype == np.float32
        return {"bark": 0.9}


def no_model(_: AudioConfig) -> Classifier:
    raise ModelError("there is no file /nowhere: set audio.model_path")


@dataclass
class Ears:
    """Listening with everything it told."""

    camera: CameraConfig = FRONT
    open_model: Callable[[AudioConfig], Classifier] = lambda _: Dog()
    monotonic: float = 0.0
    on_happening: Callable[[Happening], None] = lambda _: None
    told: list[SoundHeard] = field(default_factory=list)
    reports: list[SegmentHeard] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queue = PacketQueue(1 << 24, only=MediaKind.AUDIO)
        tools = ListeningTools(
            tell=self.told.append,
            report=self.reports.append,
            happen=self._take,
            open_model=lambda audio: self.open_model(audio),
            wall=lambda: WALL + self.monotonic,
            monotonic=lambda: self.monotonic,
            draws=lambda: [0] * 6,
        )
        self.listening = Listening(self.camera, self.queue, tools)

    @property
    def heard(self) -> list[SoundHeard]:
        """What was told after the first word, which is that nothing is heard yet."""
        assert self.told[0] == SILENT
        return self.told[1:]

    def _take(self, happening: Happening, _: CameraConfig) -> None:
        self.happenings.append(happening)
        self.on_happening(happening)

    def hear(self, *items: StreamInfo | Packet) -> None:
        """Run until all of it is heard."""
        for item in items:
            self.queue.put(item)
        self.queue.close()
        self.listening.run()


def test_loudness_is_told_with_every_window_and_a_sound_becomes_an_event() -> None:
    ears = Ears()
    ears.hear(HEARD, *noise(0, 2), *noise(2, 6, level=0))
    assert [one.labels for one in ears.heard[:5]] == [("bark",)] * 4 + [()]
    assert ears.heard[0].rms == pytest.approx(0.5 / 3**0.5 * 32768, rel=0.03)
    assert ears.heard[0].dbfs == pytest.approx(-10.8, abs=0.3)
    assert ears.heard[-1] == SILENT
    began, ended = ears.happenings
    assert isinstance(began, SoundBegan)
    assert isinstance(ended, SoundEnded)
    assert began.sound.start_time == pytest.approx(WALL, abs=1e-3)
    assert ended.sound.last_time - WALL == pytest.approx(3 * 0.975, abs=1e-3)


def test_a_sound_that_goes_on_ends_when_the_program_does() -> None:
    ears = Ears()
    ears.hear(HEARD, *noise(0, 3))
    assert [type(one) for one in ears.happenings] == [SoundBegan, SoundEnded]
    assert ears.heard[-1] == SILENT


def test_what_is_switched_off_is_not_decoded_and_its_sounds_end() -> None:
    ears = Ears(DEAF)
    ears.hear(HEARD, *noise(0, 3))
    assert (ears.heard, ears.happenings, ears.listening.problem) == ([], [], "")
    ears = Ears()
    ears.listening.adopt(DEAF)
    ears.hear(HEARD, *noise(0, 3))
    assert ears.heard == []  # granted before the first window was whole


def test_it_can_be_switched_on_again() -> None:
    ears = Ears(DEAF)
    ears.listening.adopt(FRONT)
    ears.hear(HEARD, *noise(0, 2))
    assert ears.heard[0].labels == ("bark",)


def test_without_a_model_loudness_is_told_and_the_reason_is_known(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ears = Ears(open_model=no_model)
    ears.hear(HEARD, *noise(0, 3))
    assert ears.heard[0].rms > 9000
    assert ears.happenings == []
    assert ears.listening.problem == "there is no file /nowhere: set audio.model_path"
    assert caplog.text.count("camera front: there is no file") == 1


def test_other_files_are_another_attempt() -> None:
    asked = list[AudioConfig]()

    def open_model(audio: AudioConfig) -> Classifier:
        asked.append(audio)
        return Dog() if audio.model_path else no_model(audio)

    ears = Ears(open_model=open_model)
    mended = LISTENING.model_copy(update={"model_path": "/yamnet.tflite"})
    ears.listening.adopt(FRONT.model_copy(update={"audio": mended}))
    ears.hear(HEARD, *noise(0, 2))
    assert [one.model_path for one in asked] == [None, "/yamnet.tflite"]
    assert ears.listening.problem == ""
    assert ears.happenings


def test_a_model_that_is_too_slow_loses_windows_and_nothing_else() -> None:
    ears = Ears(monotonic=10.0)
    ears.hear(HEARD, *noise(0, 2, arrival=1.0), *noise(2, 4, level=0, arrival=1.0))
    assert ears.listening.lost_windows == 3
    assert ears.happenings == []
    assert len(ears.heard) >= 4


def test_an_input_without_sound_says_so() -> None:
    ears = Ears()
    ears.hear(STREAM)
    assert ears.listening.problem == "the input with the role audio has no sound"
    ears = Ears()
    ears.hear(replace(STREAM, audio=replace(PCM, codec="none-such")))
    assert "none-such" in ears.listening.problem


def test_an_event_that_a_client_deleted_is_not_written_again() -> None:
    ears = Ears()

    def delete(happening: Happening) -> None:
        ears.on_happening = lambda _: None
        ears.listening.wish(DeleteEvent(happening.sound.id))

    ears.on_happening = delete
    ears.hear(HEARD, *noise(0, 3))
    kinds = [type(one) for one in ears.happenings]
    assert kinds == [SoundBegan, SoundBegan, SoundEnded]  # heard again, it is another one


def test_a_segment_that_was_recorded_learns_how_loud_it_is() -> None:
    ears, segment = Ears(), make_segment()
    ears.listening.segment_closed(replace(segment, start_time=WALL, end_time=WALL + 1))
    ears.hear(HEARD, *noise(0, 3))
    assert [one.segment_id for one in ears.reports] == [segment.id]
    assert ears.reports[0].dbfs == pytest.approx(-11, abs=1)
