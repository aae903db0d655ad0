"""A camera that moves, from the configuration file to its motors."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from threading import Thread

from tests.support.onvif_camera import Camera, switched_on
from tests.support.servers import running_picket, wait_for

CONFIG = """
mqtt: {{enabled: false}}
cameras:
  gate:
    ffmpeg: {{inputs: [{{path: "rtsp://127.0.0.1:9/1", roles: [detect]}}]}}
    detect: {{enabled: false, width: 640, height: 360}}
    onvif: {{host: 127.0.0.1, port: {port}, user: admin, password: "{{FRIGATE_ONVIF}}"}}
"""


def test_a_camera_moves_and_its_silence_delays_no_end(tmp_path: Path) -> None:
    with switched_on(Camera()) as camera:
        config, env = CONFIG.format(port=camera.port), {"FRIGATE_ONVIF": camera.password}
        with running_picket(tmp_path, config, env) as picket:
            told = wait_for(lambda: picket.json("/api/gate/ptz/info"), 30, "PTZ")
            assert told["presets"] == ["home", "street", "preset 7"]
            body = json.dumps({"command": "preset_street"}).encode()
            headers = {"Content-Type": "application/json"}
            move = urllib.request.Request(picket.url("/api/gate/ptz"), body, headers)  # noqa: S310
            with urllib.request.urlopen(move, timeout=10) as answer:  # noqa: S310
                assert json.load(answer)["success"] is True
            assert camera.moves() == ["GotoPreset main 2"]

            camera.silent_from = "GetPresets"
            waiting = Thread(target=picket.fetch, args=["/api/gate/ptz/info"], daemon=True)
            waiting.start()
            wait_for(lambda: camera.silenced, 10, "question that is not answered")
            assert picket.stop() < 5
            waiting.join(5)
        assert "Traceback" not in picket.log.read_text()
