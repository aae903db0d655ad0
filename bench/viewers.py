"""What watching costs: clients that ask for `latest.jpg` again and again, and MJPEG viewers."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from bench.cameras import Place, Running, Scenario, running_cameras
from bench.meter import cpu_seconds, measure_cpu

CLIENTS = 8
VIEWERS = (0, 1, 10)
SETTLE_S = 8.0
SLICES = 5
SPAWN = get_context("spawn")
READ_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Watching:
    """What viewers cost the server."""

    answers: float  # of latest.jpg a second, to all clients
    answer_p50_ms: float
    answer_p95_ms: float
    answer_cpu_ms: float  # of the server, for one
    bare_answers: float  # of /api/version a second, the floor
    stream_cpu_percent: dict[int, float]  # of the server, by the number of MJPEG viewers
    stream_frames: dict[int, float]  # a second and viewer


@dataclass(frozen=True, slots=True)
class Asking:
    """What one client does."""

    port: int
    path: str
    seconds: float


def watch(scenario: Scenario, place: Place, window_s: float) -> Watching:
    """Measure with the first camera of the scenario."""
    with running_cameras(scenario, place, SETTLE_S + 6 * window_s) as running:
        time.sleep(SETTLE_S)
        (server,) = running.picket.roles()["server"]
        bare, _, _ = _ask_all(running, "/api/version", window_s, server)
        answers, times_ms, cpu_ms = _ask_all(running, "/api/camera0/latest.jpg", window_s, server)
        streams = {n: _stream_all(running, n, window_s, server) for n in VIEWERS}
    return Watching(
        answers,
        statistics.median(times_ms),
        statistics.quantiles(times_ms, n=20)[-1],
        cpu_ms,
        bare,
        {n: cpu for n, (cpu, _) in streams.items()},
        {n: frames for n, (_, frames) in streams.items()},
    )


def ask(task: Asking) -> list[float]:
    """Milliseconds of each answer, over one connection that is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", task.port, timeout=30)
    times_ms: list[float] = []
    until = time.perf_counter() + task.seconds
    while (began := time.perf_counter()) < until:
        connection.request("GET", task.path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, f"{task.path} answered {answer.status}"
        times_ms.append(1000 * (time.perf_counter() - began))
    connection.close()
    return times_ms


def _ask_all(
    running: Running, path: str, window_s: float, server: int
) -> tuple[float, list[float], float]:
    """Answers a second, the milliseconds of each, and the server's milliseconds for one."""
    task = Asking(running.picket.port, path, window_s)
    with SPAWN.Pool(CLIENTS) as pool:
        pool.map(ask, [Asking(task.port, path, 0.5)] * CLIENTS, chunksize=1)
        before_s = cpu_seconds(server)
        told = pool.map(ask, [task] * CLIENTS, chunksize=1)
        used_s = cpu_seconds(server) - before_s
    times_ms = [ms for times in told for ms in times]
    return len(times_ms) / window_s, times_ms, 1000 * used_s / len(times_ms)


def _stream_all(
    running: Running, viewers: int, window_s: float, server: int
) -> tuple[float, float]:
    """The server's share of a core, and the pictures a second that one viewer got."""
    stop = threading.Event()
    with ThreadPoolExecutor(max(viewers, 1)) as pool:
        look = partial(_look, running.picket.port, stop)
        counts = [pool.submit(look) for _ in range(viewers)]
        try:
            time.sleep(1.0)  # all are connected
            cpu = measure_cpu({"server": [server]}, window_s, SLICES)["server"]
        finally:
            stop.set()
    frames = sum(one.result() for one in counts) / max(viewers, 1) / (window_s + 1.0)
    return statistics.median(cpu), frames


def _look(port: int, stop: threading.Event) -> int:
    """Pictures that came until it was enough."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/api/camera0?fps=5")
    answer = connection.getresponse()
    count = 0
    while not stop.is_set():
        count += answer.read1(READ_BYTES).count(b"--frame\r\n")
    connection.close()
    return count
