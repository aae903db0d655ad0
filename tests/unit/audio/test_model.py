"""The real model on sounds that are drawn, and on a voice that is spoken by Debian's flite."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

import numpy as np
import pytest

from picket.audio.model import open_model
from picket.audio.window import WINDOW_SAMPLES
from picket.config.audio import AudioConfig
from picket.domain.errors import ModelError
from tests.support.servers import DATA
from tests.unit.audio.test_window import tone

MODEL = DATA / "models" / "yamnet.tflite"
LABELS = DATA / "models" / "yamnet_labels_521.txt"


def audio(model: Path = MODEL, labels: Path = LABELS) -> AudioConfig:
    return AudioConfig(model_path=str(model), labelmap_path=str(labels), num_threads=1)


def test_sounds_have_their_names() -> None:
    model = open_model(audio())
    hiss = np.random.default_rng(1).normal(0, 0.1, WINDOW_SAMPLES).astype(np.float32)
    assert model.classify(tone(0.2))["beep"] > 0.8
    assert model.classify(hiss)["beep"] < 0.1
    assert model.classify(np.zeros(WINDOW_SAMPLES, np.float32))["silence"] > 0.9
    assert max(model.classify(np.zeros(WINDOW_SAMPLES, np.float32)).values()) <= 1


def test_somebody_speaks() -> None:
    speech = "flite=text='There is somebody at the door who would like to speak with you'"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", speech, "-ar", "16000", "-f", "f32le"]
    spoken = subprocess.run([*command, "-"], check=True, capture_output=True).stdout
    samples = np.frombuffer(spoken, np.float32)[:WINDOW_SAMPLES]
    assert open_model(audio()).classify(samples)["speech"] > 0.8


def test_a_label_that_the_model_lacks_is_named(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "picket.audio.model"):
        open_model(audio().model_copy(update={"listen": ("speech", "wobble")}))
    assert "does not know wobble" in caplog.text


@pytest.mark.parametrize(
    ("model", "labels", "word"),
    [
        (Path("/nowhere/yamnet.tflite"), LABELS, "audio.model_path"),
        (MODEL, Path("/nowhere/labels.txt"), "audio.labelmap_path"),
        (LABELS, LABELS, "LiteRT cannot load"),
        (DATA / "models" / "ssd_mobilenet_v1_coco_quant.tflite", LABELS, "15600 samples"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_cure(model: Path, labels: Path, word: str) -> None:
    with pytest.raises(ModelError, match=word):
        open_model(audio(model, labels))


@pytest.mark.parametrize("text", ["", "speech\n" * 600])
def test_labels_of_another_model_are_refused(tmp_path: Path, text: str) -> None:
    labels = tmp_path / "labels.txt"
    labels.write_text(text)
    with pytest.raises(ModelError, match="521"):
        open_model(audio(labels=labels))
