from __future__ import annotations

from pathlib import Path

from picket.api.process_meter import ProcessUsage
from picket.api.stats import camera_stats, folder_stats, mirrored_cameras, usage_stats
from picket.domain.status import CameraState, CameraStatus


def test_a_camera_that_never_reported_has_zeros() -> None:
    numbers = camera_stats(None)
    assert (numbers["camera_fps"], numbers["pid"], numbers["state"]) == (0.0, 0, "connecting")


def test_the_reason_of_an_offline_camera_has_no_credentials() -> None:
    status = CameraStatus("front", CameraState.OFFLINE, 1.0, "rtsp://a:b@h/1 refused")
    assert camera_stats(status)["state_detail"] == "rtsp://*:*@h/1 refused"


def test_what_is_heard_is_told_as_clients_know_it() -> None:
    status = CameraStatus(
        "front", CameraState.ONLINE, 1.0, audio_rms=286.11271, audio_dbfs=-41.20314
    )
    numbers = camera_stats(status)
    assert (numbers["audio_rms"], numbers["audio_dBFS"]) == (286.1127, -41.2031)
    assert (numbers["audio_lost_windows"], numbers["audio_problem"]) == (0, "")


def test_a_camera_that_would_be_mistaken_is_not_mirrored() -> None:
    cameras = {name: camera_stats(None) for name in ("front", "service", "night_fps")}
    assert mirrored_cameras(cameras).keys() == {"front"}


def test_usage_is_text_and_masked() -> None:
    usage = ProcessUsage(6.25, 5.0, 1.94, "ffmpeg -i rtsp://a:b@h/1")
    assert usage_stats(usage) == {
        "cpu": "6.2",
        "cpu_average": "5.0",
        "mem": "1.9",
        "cmdline": "ffmpeg -i rtsp://*:*@h/1",
    }


def test_the_deepest_mount_names_the_file_system(tmp_path: Path) -> None:
    mounts = [(Path("/"), "ext4"), (tmp_path, "xfs"), (tmp_path / "other", "nfs")]
    numbers = folder_stats(tmp_path, mounts)
    assert numbers["mnt_type"] == numbers["mount_type"] == "xfs"
    assert numbers["total"] >= numbers["used"]


def test_of_two_mounts_on_one_point_the_later_counts(tmp_path: Path) -> None:
    mounts = [(Path("/"), "rootfs"), (Path("/"), "btrfs")]
    assert folder_stats(tmp_path, mounts)["mnt_type"] == "btrfs"
    assert folder_stats(tmp_path, [])["mnt_type"] == "unknown"


def test_a_missing_folder_is_empty(tmp_path: Path) -> None:
    assert folder_stats(tmp_path / "none", []) == {}
