"""Somebody speaks in front of a camera, and a broker is told."""

from __future__ import annotations

import itertools
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.mosquitto import PASSWORD, USER, OtherClient, mosquitto, other_client
from tests.support.receiver import Receiver, receiver
from tests.support.servers import DATA, Picket, loop_video, rtsp_server, running_picket, wait_for

CONFIG = """
mqtt: {{host: 127.0.0.1, port: {port}, user: {user}, password: {password}, stats_interval: 2}}
detectors: {{hog: {{type: hog}}}}
audio:
  enabled: true
  listen: [speech, bark]
  max_not_heard: 2
  model_path: {models}/yamnet.tflite
  labelmap_path: {models}/yamnet_labels_521.txt
cameras:
  porch:
    ffmpeg:
      inputs: [{{path: "{url}/porch", roles: [detect, record, audio]}}]
    detect: {{width: 320, height: 180, fps: 5, enabled: false}}
record: {{enabled: true, events: {{pre_capture: 1, post_capture: 1}}}}
notifications:
  channels: {{hook: {{type: webhook, url: "{hook}"}}}}
  rules: {{voice: {{channels: [hook], labels: [speech], when: [begin, end], picture: inline}}}}
"""

PERIOD_S = 14.0
SPEECH = "There is somebody at the door who would like to speak with you about the garden gate"
AUDIO = "frigate/porch/audio"
SAID = ["speech ON", "speech OFF"]


@dataclass(frozen=True, slots=True)
class Porch:
    """What was told from the start on."""

    picket: Picket
    port: int  # of the broker
    witness: OtherClient
    hook: Receiver

    def sounds(self) -> list[str]:
        """Sounds that began and ended, in their order.

        What began before the broker was met is told twice: as news that waited, and as it is.
        """
        told = (
            f"{one.topic.removeprefix(AUDIO + '/')} {one.payload.decode()}"
            for one in list(self.witness.heard)
            if re.fullmatch(rf"{AUDIO}/(speech|bark)", one.topic)
        )
        return [one for one, _ in itertools.groupby(told)]

    def event(self) -> dict[str, Any] | None:
        """One of a sound that is over, with its picture, once there is one."""
        events = self.picket.json("/api/events?has_snapshot=1&in_progress=0") or []
        return next((one for one in events if one["data"]["type"] == "audio"), None)


def spoken(folder: Path) -> Path:
    """A grey yard, in which a voice is heard for some 5 of 14 seconds, for ten minutes."""
    short = folder / "porch.aac.mp4"
    yard = f"color=gray:s=320x180:r=10:d={PERIOD_S:g},drawbox=20:20:40:40:white:fill"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", yard]
    command += ["-f", "lavfi", "-i", f"flite=text='{SPEECH}'"]
    command += ["-af", f"adelay=3000,apad=whole_dur={PERIOD_S:g}", "-ac", "1", "-ar", "16000"]
    command += ["-c:a", "aac", "-c:v", "libx264", "-preset", "ultrafast", "-g", "10"]
    subprocess.run([*command, "-pix_fmt", "yuv420p", str(short)], check=True)
    return loop_video(short, folder / "porch_long.aac.mp4", rounds=40, keep_audio=True)


@pytest.fixture(scope="module")
def porch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Porch]:
    folder = tmp_path_factory.mktemp("porch")
    with (
        mosquitto(folder) as broker,
        other_client(broker.port) as witness,
        rtsp_server({"porch": spoken(folder)}) as url,
        receiver() as hook,
    ):
        config = CONFIG.format(
            port=broker.port,
            user=USER,
            password=PASSWORD,
            url=url,
            models=DATA / "models",
            hook=hook.url,
        )
        with running_picket(folder, config) as picket:
            porch = Porch(picket, broker.port, witness, hook)
            wait_for(lambda: porch.sounds()[-2:] == SAID, 90, "voice")
            yield porch


def test_a_broker_is_told_of_the_voice_and_how_loud_it_was(porch: Porch) -> None:
    assert set(porch.sounds()) == {*SAID}
    levels = [float(one) for one in porch.witness.told(f"{AUDIO}/dBFS")]
    assert max(one for one in levels if one) > -30
    assert all(one <= 0 for one in levels)
    assert max(float(one) for one in porch.witness.told(f"{AUDIO}/rms")) > 1000
    assert not [one for one in porch.witness.heard if one.topic.startswith(AUDIO) and one.retain]


def test_the_voice_is_an_event_with_picture_and_footage(porch: Porch) -> None:
    event = wait_for(porch.event, 60, "event")
    assert (event["label"], event["camera"], event["zones"]) == ("speech", "porch", [])
    assert event["data"]["score"] > 0.8
    assert event["has_clip"]
    assert 2 < event["end_time"] - event["start_time"] < PERIOD_S
    for picture in ("snapshot.jpg", "thumbnail.jpg", "clip.mp4"):
        status, body = porch.picket.fetch(f"/api/events/{event['id']}/{picture}")
        assert status == 200
        assert len(body) > 500


def test_who_asked_for_it_is_notified_of_the_voice(porch: Porch) -> None:
    wait_for(lambda: len(porch.hook.got) >= 2, 60, "notifications")
    begun, ended = porch.hook.bodies[:2]
    assert (begun["label"], begun["camera"], begun["when"]) == ("speech", "porch", "begin")
    assert (ended["event_id"], ended["when"]) == (begun["event_id"], "end")
    event = porch.picket.json(f"/api/events/{begun['event_id']}")
    assert event["data"]["type"] == "audio"


def test_statistics_say_how_loud_it_is(porch: Porch) -> None:
    def loud() -> Any:
        stats = porch.picket.json("/api/stats")
        return stats and stats["cameras"]["porch"]["audio_rms"] > 500 and stats

    told = wait_for(loud, 60, "voice")["cameras"]["porch"]
    assert -40 < told["audio_dBFS"] < -5
    assert told["audio_problem"] == ""


def test_it_can_be_switched_off_and_on(porch: Porch) -> None:
    heard = porch.witness.heard
    with other_client(porch.port) as boss:
        boss.say(f"{AUDIO}/set", "OFF")
        porch.witness.wait(f"{AUDIO}/state", "OFF")
        for _ in range(2):  # what is on its way when it is switched off is still told
            heard.clear()
            wait_for(lambda: len(porch.witness.told("frigate/stats")) > 1, 20, "statistics")
        assert porch.witness.told(f"{AUDIO}/rms") == []
        stats = wait_for(lambda: porch.picket.json("/api/stats"), 20, "server")
        assert stats["cameras"]["porch"]["audio_rms"] == 0
        boss.say(f"{AUDIO}/set", "ON")
        porch.witness.wait(f"{AUDIO}/state", "ON")
        wait_for(lambda: len(porch.witness.told(f"{AUDIO}/rms")) > 1, 20, "loudness")
    assert "Traceback" not in porch.picket.log.read_text()
