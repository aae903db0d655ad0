"""A manual event of the running program is submitted to a labelling service."""

from __future__ import annotations

from pathlib import Path

from picket.media.jpeg import decode_picture
from tests.e2e.test_event_changes import send
from tests.support.labelling_service import KEY, PASSWORD, labelling_service
from tests.support.servers import DATA, Picket, running_picket, wait_for

CONFIG = """
mqtt: {{enabled: false}}
logger: {{default: debug}}
cameras:
  street:
    ffmpeg: {{inputs: [{{path: {video}, roles: [detect]}}]}}
    detect: {{width: 626, height: 360, fps: 5, enabled: false}}
"""


def create_event(picket: Picket) -> str:
    """A manual event that has a picture."""
    status, told = send(picket, "POST", "/api/events/street/door/create", {"duration": 1})
    assert status == 200
    return str(told["event_id"])


def test_an_event_is_submitted_and_the_key_shows_nowhere(tmp_path: Path) -> None:
    config = CONFIG.format(video=DATA / "videos" / "street_people_gt.mp4")
    with labelling_service() as service:
        env = {"PLUS_API_KEY": KEY, "PLUS_API_HOST": service.url}
        with running_picket(tmp_path, config, env) as picket:
            wait_for(lambda: picket.json("/api/stats"), 30, "statistics")
            wait_for(
                lambda: picket.json("/api/stats")["cameras"]["street"]["camera_fps"], 30, "picture"
            )
            event = f"/api/events/{create_event(picket)}"
            told = send(picket, "POST", f"{event}/plus", {"include_annotation": 1})
            assert told[0] == 200, told
            assert told[1]["plus_id"] == "image-0"
            assert picket.json(event)["plus_id"] == "image-0"
            again, refused = send(picket, "POST", f"{event}/plus")
            assert (again, refused["success"]) == (400, False)
            assert send(picket, "PUT", f"{event}/false_positive")[0] == 400  # it has no box
            assert picket.json("/api/config")["plus"] == {"enabled": True}
            picket.stop()
        assert service.mistakes == []
        assert service.created == [("image-0", "street")]
        sent = decode_picture(service.pictures["image-0"]["original"].file)
    assert sent.shape == (360, 626, 3)
    log = picket.log.read_text()
    assert PASSWORD not in log
    assert "storage/image-0" not in log
    assert "Traceback" not in log


def test_an_ill_formed_key_is_said_at_the_start(tmp_path: Path) -> None:
    config = CONFIG.format(video=DATA / "videos" / "street_people_gt.mp4")
    with running_picket(tmp_path, config, {"PLUS_API_KEY": "hush-key"}) as picket:
        wait_for(lambda: picket.json("/api/events") is not None, 30, "answer")
        status, told = send(picket, "POST", "/api/events/1.0-nobody/plus", {})
        assert status == 400
        assert told["message"].startswith("PLUS_API_KEY is not a key of the labelling service")
        assert picket.json("/api/config")["plus"] == {"enabled": False}
    log = picket.log.read_text()
    assert "nothing can be submitted for labelling: PLUS_API_KEY is not a key" in log
    assert "hush" not in log
