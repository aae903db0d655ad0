"""What a line of the log looks like, and what it must never hold."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from picket.runtime.logs import JsonFormatter, TextFormatter

URL = "rtsp://admin:hunter2@10.0.0.5:554/live?password=swordfish"
SECRETS = ("hunter2", "swordfish")


def record(message: str, *args: object, error: bool = False) -> logging.LogRecord:
    fault = ValueError(f"cannot open {URL}")
    trace = (ValueError, fault, None) if error else None
    return logging.LogRecord(
        "picket.capture.reader", logging.WARNING, __file__, 1, message, args, trace
    )


def test_a_line_for_people_names_time_level_process_and_module() -> None:
    line = TextFormatter("cameras:0").format(record("camera %s: online", "yard"))
    assert line.endswith("WARNING cameras:0    capture.reader: camera yard: online")
    assert line[:2] == "20"


def test_a_line_for_machines_is_one_object() -> None:
    line = JsonFormatter("cameras:0").format(record('camera "%s"\nis back', "yard"))
    assert "\n" not in line
    values = json.loads(line)
    assert values["message"] == 'camera "yard"\nis back'
    assert (values["level"], values["process"]) == ("warning", "cameras:0")
    assert values["module"] == "picket.capture.reader"
    assert values["time"].endswith("+00:00")


@pytest.mark.parametrize("formatter", [TextFormatter("main"), JsonFormatter("main")])
@pytest.mark.parametrize("error", [False, True])
def test_credentials_never_show(formatter: logging.Formatter, *, error: bool) -> None:
    line = formatter.format(record("cannot open %s", URL, error=error))
    assert "10.0.0.5" in line
    assert not any(secret in line for secret in SECRETS)


def test_a_fault_in_a_line_for_machines_has_its_traceback_and_is_still_one_object() -> None:
    values = json.loads(JsonFormatter("main").format(record("died", error=True)))
    assert "ValueError" in values["traceback"]


def test_addresses_that_libraries_ask_are_not_logged_unless_they_are_wanted() -> None:
    program = """
import logging
from picket.runtime.logs import LogSettings, configure_logging
for levels in ({}, {"httpx": "info"}):
    configure_logging(LogSettings("debug", levels), "server")
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).info("asks %s %s", library, bool(levels))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60
    )
    assert [line.partition("asks ")[2] for line in done.stderr.splitlines()] == ["httpx True"]
