from pathlib import Path

from picket.media.probe import probe, probe_argv


def test_a_camera_is_asked_over_tcp_with_a_time_limit() -> None:
    argv = probe_argv("rtsp://camera/1", 5)
    assert argv[-2:] == ["-i", "rtsp://camera/1"]
    assert argv[argv.index("-rtsp_transport") + 1] == "tcp"
    assert argv[argv.index("-timeout") + 1] == "5000000"


def test_a_file_needs_no_network_options() -> None:
    assert "-timeout" not in probe_argv("/clips/one.mp4")


def test_a_file_that_is_no_video_is_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "text.mp4"
    path.write_text("no video")
    answer = probe(str(path))
    assert answer.return_code != 0
    assert answer.streams is None
    assert answer.error


def test_a_name_that_begins_with_a_dash_is_a_name() -> None:
    assert probe("-version").return_code != 0
