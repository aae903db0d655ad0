"""From Frigate to Picket with the real commands: its events and footage are there and play."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.frigate_install import DATA_0_13, make_frigate
from tests.support.index_samples import NOON
from tests.support.servers import count_frames, decode_errors, free_port, running_picket, wait_for

RANGE = f"front/start/{int(NOON)}/end/{int(NOON) + 60}"


def config() -> str:
    source = f"{{path: 'rtsp://127.0.0.1:{free_port()}/no', roles: [detect, record]}}"
    return (
        "record: {enabled: true, retain: {days: 100000}, sync_recordings: true}\n"
        "cameras:\n"
        "  front:\n"
        f"    ffmpeg: {{inputs: [{source}]}}\n"
        "    detect: {width: 320, height: 180, enabled: false}\n"
    )


def picket(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "picket", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_everything_moves_in(tmp_path: Path) -> None:
    frigate = make_frigate(tmp_path)
    for number in range(4):
        frigate.record(number)
    event_id = frigate.event(data=DATA_0_13, end_time=NOON + 15)
    media = ["--media", str(frigate.media.media)]
    file = tmp_path / "config.yml"
    file.write_text(config())
    start = picket("run", "--config", str(file), *media, "--database", str(frigate.database))
    assert start.returncode == 1
    assert "belongs to Frigate" in start.stderr
    assert "picket import-frigate --from" in start.stderr
    index = ["--database", str(tmp_path / "picket.db")]
    done = picket("import-frigate", "--from", str(frigate.database), *media, *index)
    assert done.returncode == 0, done.stderr
    assert "event: 1 taken over" in done.stdout
    assert "recordings: 4 taken over" in done.stdout
    with running_picket(tmp_path, config()) as running:
        event = wait_for(lambda: running.json(f"/api/events/{event_id}"), 60, "the event")
        assert event["zones"] == ["porch"]
        status, thumbnail = running.fetch(f"/api/events/{event_id}/thumbnail.jpg")
        assert status == 200
        assert thumbnail.startswith(b"\xff\xd8")
        assert decode_errors(running.url(f"/vod/{RANGE}/index.m3u8")) == ""
        assert count_frames(running.url(f"/api/{RANGE}/clip.mp4")) == 4 * 30
        assert decode_errors(running.url(f"/api/events/{event_id}/clip.mp4")) == ""
        assert len(running.json(f"/api/front/recordings?after=0&before={NOON + 60}")) == 4
        running.stop()
    files = list(frigate.media.recordings.rglob("*.mp4"))
    assert len(files) == 4
