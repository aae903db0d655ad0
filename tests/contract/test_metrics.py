"""GET /api/metrics."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace

import pytest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from picket.domain.measures import NO_EVENTS, NO_LOOKS, NO_WRITES
from picket.domain.segment import GapReason
from picket.domain.status import (
    BrokerStatus,
    CameraCounts,
    CameraState,
    CameraStatus,
    Deleted,
    DetectorStatus,
    GapSeconds,
    KeeperStatus,
    ProcessLife,
)
from picket.record.retention import Reason
from picket.store.segments import put_segment
from tests.contract.conftest import Door
from tests.support.index_samples import NOON, make_segment

COUNTS = CameraCounts(
    received=500,
    analysed=480,
    skipped=20,
    regions=70,
    reconnects={GapReason.CAMERA_OFFLINE: 2, GapReason.STALLED: 1},
    written_bytes=123_456_789,
    writes=NO_WRITES.observed(0.002),
    syncs=NO_WRITES.observed(0.02).observed(0.3),
    believed=NO_EVENTS.observed(0.6),
    analysed_in=NO_EVENTS.observed(0.06),
)
FRONT = CameraStatus(
    "front", CameraState.ONLINE, NOON, pid=os.getpid(), dropped_packets=7, counts=COUNTS
)
BACK = CameraStatus("back", CameraState.OFFLINE, NOON, "rtsp://u:hush@back/1", blind_since=NOON)
KEEPER = KeeperStatus(
    pid=os.getpid(),
    commits=NO_WRITES.observed(0.004),
    refusals=3,
    gaps=(GapSeconds("back", GapReason.CAMERA_OFFLINE, 12.5),),
    stored={"front": NO_EVENTS.observed(0.02)},
    deleted={"past_days": Deleted(4, 4_000_000)},
    deleted_events=2,
)
LABELS = {
    *("camera", "stage", "reason", "detector", "process", "version", "method", "route", "status"),
    "le",
}


def fill(door: Door) -> None:
    door.live.statuses = {"front": FRONT, "back": BACK}
    door.live.detector_statuses = {
        "cpu": DetectorStatus(
            *("cpu", "onnx", os.getpid()),
            waiting=4,
            looks=NO_LOOKS.observed(0.015),
            waits=NO_LOOKS.observed(0.0),
        )
    }
    door.live.keeper_status = KEEPER
    door.live.process_lives = {
        "keeper": ProcessLife(0.4, 0),
        "cameras:0": ProcessLife(0.9, 3, ("front", "back")),
    }
    door.live.told_in = {"front": NO_EVENTS.observed(0.07)}
    door.live.pids = {"server": os.getpid(), "keeper": os.getpid(), "recording": os.getpid()}


def scrape(door: Door) -> dict[str, Metric]:
    answer = door.client.get("/api/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def values(families: dict[str, Metric], name: str) -> dict[tuple[str, ...], float]:
    """Samples of that name by the values of their labels."""
    return {
        tuple(sample.labels.values()): sample.value
        for family in families.values()
        for sample in family.samples
        if sample.name == name
    }


@pytest.mark.endpoint("GET /api/metrics")
def test_cameras_are_counted(door: Door) -> None:
    fill(door)
    found = scrape(door)
    assert values(found, "picket_camera_up") == {("front",): 1.0, ("back",): 0.0}
    assert values(found, "picket_camera_blind") == {("front",): 0.0, ("back",): 1.0}
    frames = values(found, "picket_camera_frames_total")
    assert frames["front", "received"] == 500
    assert frames["front", "analysed"] + frames["front", "skipped"] == 500
    assert values(found, "picket_camera_regions_total")[("front",)] == 70
    assert values(found, "picket_camera_dropped_packets_total")[("front",)] == 7
    assert values(found, "picket_camera_reconnects_total") == {
        ("front", "camera_offline"): 2,
        ("front", "stalled"): 1,
        ("front", "clock_step"): 0,
        **{("back", reason): 0 for reason in ("camera_offline", "stalled", "clock_step")},
    }


@pytest.mark.endpoint("GET /api/metrics")
def test_what_a_silent_worker_told_of_its_cameras_is_past(door: Door) -> None:
    fill(door)
    door.live.process_lives["cameras:0"] = ProcessLife(60.0, 0, ("front",))
    found = scrape(door)
    assert values(found, "picket_camera_up") == {("front",): 0, ("back",): 0}
    assert values(found, "picket_process_up") == {("keeper",): 1, ("cameras:0",): 0}
    assert values(found, "picket_camera_frames_total")["front", "received"] == 500


@pytest.mark.endpoint("GET /api/metrics")
def test_recording_is_measured(door: Door) -> None:
    fill(door)
    found = scrape(door)
    assert values(found, "picket_recording_written_bytes_total")[("front",)] == 123_456_789
    assert values(found, "picket_recording_write_seconds_sum")[("front",)] == 0.002
    syncs = values(found, "picket_recording_sync_seconds_bucket")
    ends = ("0.01", "0.025", "0.25", "0.5", "+Inf")
    assert [syncs["front", end] for end in ends] == [0, 1, 1, 2, 2]
    gaps = values(found, "picket_recording_gap_seconds_total")
    assert gaps.keys() == {(name, reason) for name in ("front", "back") for reason in GapReason}
    assert {key: value for key, value in gaps.items() if value} == {
        ("back", "camera_offline"): 12.5
    }
    files = values(found, "picket_retention_deleted_segments_total")
    sizes = values(found, "picket_retention_deleted_bytes_total")
    assert files.keys() == sizes.keys() == {(reason,) for reason in Reason}
    assert (files["past_days",], sizes["past_days",]) == (4, 4_000_000)
    assert sum(files.values()) == 4
    assert values(found, "picket_retention_deleted_events_total") == {(): 2}
    assert values(found, "picket_index_commit_seconds_count") == {(): 1}
    assert values(found, "picket_index_refusals_total") == {(): 3}


@pytest.mark.endpoint("GET /api/metrics")
def test_events_and_detectors_are_measured_by_stage(door: Door) -> None:
    fill(door)
    found = scrape(door)
    events = values(found, "picket_event_seconds_sum")
    stages = ("believed", "analysed", "told", "stored")
    assert [events["front", stage] for stage in stages] == [0.6, 0.06, 0.07, 0.02]
    assert values(found, "picket_detector_look_seconds_sum") == {("cpu",): 0.015}
    assert values(found, "picket_detector_wait_seconds_count") == {("cpu",): 1}
    assert values(found, "picket_detector_queue") == {("cpu",): 4}


@pytest.mark.endpoint("GET /api/metrics")
def test_processes_and_disk_are_measured(door: Door) -> None:
    fill(door)
    put_segment(door.db, make_segment(0))
    found = scrape(door)
    assert values(found, "picket_process_up") == {("keeper",): 1.0, ("cameras:0",): 1.0}
    assert values(found, "picket_process_restarts_total") == {("keeper",): 0, ("cameras:0",): 3}
    cpu_s = values(found, "picket_process_cpu_seconds_total")
    assert cpu_s.keys() == {("server",), ("keeper",)}
    assert cpu_s["server",] > 0
    assert values(found, "picket_process_resident_memory_bytes")["server",] > 1 << 20
    free, size = (
        values(found, "picket_storage_free_bytes"),
        values(found, "picket_storage_size_bytes"),
    )
    assert 0 < free[()] < size[()]
    segment = make_segment(0)
    assert values(found, "picket_footage_size_bytes")["front",] >= segment.size_bytes
    oldest = values(found, "picket_footage_oldest_time_seconds")
    assert oldest["front",] == segment.start_time
    assert values(found, "picket_start_time_seconds") == {(): NOON}
    assert values(found, "picket_build_info") == {("0.13.2-test",): 1}


@pytest.mark.endpoint("GET /api/metrics")
def test_requests_are_measured_by_the_template_of_their_route(door: Door) -> None:
    for name in ("a", "b", "c"):
        door.client.get(f"/api/events/{name}")
    door.client.request("HEAD", "/api/version")
    counts = values(scrape(door), "picket_http_request_seconds_count")
    assert counts["GET", "/api/events/{event_id}", "404"] == 3
    assert ("GET", "/api/version", "200") in counts
    assert not any("/events/a" in route for _, route, _ in counts)


@pytest.mark.endpoint("GET /api/metrics")
def test_a_broker_is_told_of_where_one_is_configured(door: Door) -> None:
    assert not any(name.startswith("picket_mqtt") for name in scrape(door))
    door.brokers.append(BrokerStatus(is_connected=True, dropped=5, waiting=2))
    found = scrape(door)
    assert values(found, "picket_mqtt_connected") == {(): 1}
    assert values(found, "picket_mqtt_dropped_messages_total") == {(): 5}
    assert values(found, "picket_mqtt_waiting_messages") == {(): 2}


@pytest.mark.endpoint("GET /api/metrics")
def test_what_cannot_be_read_is_missing_and_said_to_be_down(door: Door) -> None:
    door.paths.recordings.rmdir()
    shutil.rmtree(door.paths.media)
    found = scrape(door)
    assert values(found, "picket_storage_up") == {(): 0}
    assert "picket_storage_free_bytes" not in found
    assert values(found, "picket_camera_up") == {("front",): 0, ("back",): 0}


@pytest.mark.endpoint("GET /api/metrics")
def test_no_label_is_chosen_by_a_client_and_no_secret_is_told(door: Door) -> None:
    fill(door)
    door.client.get("/api/nothing/hush-path")
    found = scrape(door)
    used = {label for one in found.values() for sample in one.samples for label in sample.labels}
    assert used <= LABELS
    text = door.client.get("/api/metrics").text
    assert "hush" not in text


@pytest.mark.endpoint("GET /api/metrics")
def test_promtool_has_nothing_to_say(door: Door) -> None:
    fill(door)
    door.brokers.append(BrokerStatus(is_connected=False, dropped=0, waiting=0))
    text = door.client.get("/api/metrics").content
    done = subprocess.run(
        ["promtool", "check", "metrics"], input=text, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, b"")


@pytest.mark.endpoint("GET /api/metrics")
def test_a_worker_that_begins_anew_begins_at_zero(door: Door) -> None:
    fill(door)
    before = values(scrape(door), "picket_camera_frames_total")["front", "received"]
    door.live.statuses["front"] = replace(FRONT, counts=CameraCounts())
    after = values(scrape(door), "picket_camera_frames_total")["front", "received"]
    assert (before, after) == (500, 0)
