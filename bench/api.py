"""How long the HTTP API takes with a large index: `python -m bench.api --index FILE`.

Fills the index where it is missing (minutes), starts the real server in a process of its own, asks
each question from one and from eight other processes that keep their connections, and prints the
median and the 99th percentile beside the floor (a route that does nothing) and a plain query.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path

import psutil

from bench.api_index import END, fill_index
from bench.api_questions import Question, questions

RESULTS = Path(__file__).with_name("results")
CLIENTS = (1, 8)
MOST = 300  # questions of one client
SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Task:
    """What one client does."""

    port: int
    path: str
    seconds: float
    number: int


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds of one question."""

    name: str
    clients: int
    p50_ms: float
    p99_ms: float
    server_cpu_ms: float  # of an answer; what a busy machine changes least
    asked: int
    answer_bytes: int


@dataclass(frozen=True, slots=True)
class Server:
    """The process that answers."""

    port: int
    process: psutil.Process

    def cpu_ms(self) -> float:
        """Processor time so far."""
        used = self.process.cpu_times()
        return 1000 * (used.user + used.system)


def ask(task: Task) -> tuple[list[float], int]:
    """Milliseconds of each answer, the first left out, and the size of the last."""
    connection = http.client.HTTPConnection("127.0.0.1", task.port, timeout=120)
    times: list[float] = []
    size, until = 0, time.perf_counter() + task.seconds
    for n in range(MOST):
        number = int(END - 2 * 86_400) + MOST * task.number + n
        began = time.perf_counter()
        connection.request("GET", task.path.replace("{n}", str(number)))
        answer = connection.getresponse()
        size = len(answer.read())
        times.append(1000 * (time.perf_counter() - began))
        if answer.status != 200:
            raise SystemExit(f"{task.path} answered {answer.status}")
        if time.perf_counter() > until and len(times) > 1:
            break
    connection.close()
    return times[1:], size


def wait_for_server(port: int) -> None:
    """Until it answers. Raises: TimeoutError."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start within two minutes")


def measure(pool: Pool, server: Server, question: Question, clients: int, seconds: float) -> Figure:
    """One question from so many clients at once."""
    tasks = [Task(server.port, question.path, seconds, clients * 10 + n) for n in range(clients)]
    began_cpu = server.cpu_ms()
    answers = pool.map(ask, tasks, chunksize=1)
    cpu_ms = server.cpu_ms() - began_cpu
    times = sorted(ms for taken, _ in answers for ms in taken)
    return Figure(
        question.name,
        clients,
        round(statistics.median(times), 2),
        round(times[min(len(times) - 1, int(0.99 * len(times)))], 2),
        round(cpu_ms / (len(times) + clients), 2),
        len(times),
        answers[0][1],
    )


def naive_ms(index: Path, question: Question) -> float | None:
    """The better of two runs of the plain query, fetched whole."""
    if not question.naive_sql:
        return None
    db = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
    times = []
    for _ in range(2):
        began = time.perf_counter()
        db.execute(question.naive_sql).fetchall()
        times.append(1000 * (time.perf_counter() - began))
    db.close()
    return round(min(times), 1)


def describe(index: Path) -> dict[str, object]:
    """The machine and the index."""
    db = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
    counts = {
        table: db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        for table in ("event", "segment")
    }
    db.close()
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "cores": os.cpu_count(),
        "index_bytes": index.stat().st_size,
        **counts,
    }


def line(figures: list[Figure], naive: float | None) -> str:
    """One question in the table."""
    parts = "".join(f"{f.p50_ms:9.1f}{f.p99_ms:8.1f}{f.server_cpu_ms:7.1f}" for f in figures)
    plain = "" if naive is None else f"{naive:10.1f} {naive / figures[0].p50_ms:7.1f} x"
    return f"{figures[0].name:44}{figures[0].answer_bytes:>10}{parts}{plain}"


def run(index: Path, seconds: float, *, with_naive: bool) -> list[dict[str, object]]:
    """Ask everything; one entry for each question."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = subprocess.Popen([sys.executable, "-m", "bench.api_server", str(index), str(port)])
    server = Server(port, psutil.Process(child.pid))
    results: list[dict[str, object]] = []
    try:
        wait_for_server(port)
        with SPAWN.Pool(max(CLIENTS)) as pool:
            print(
                f"{'ms':44}{'bytes':>10}"
                + "".join(f"{n:>5} p50{'p99':>8}{'cpu':>7}" for n in CLIENTS)
            )
            for question in questions():
                figures = [measure(pool, server, question, n, seconds) for n in CLIENTS]
                naive = naive_ms(index, question) if with_naive else None
                print(line(figures, naive), flush=True)
                results += [{**asdict(one), "naive_ms": naive} for one in figures]
    finally:
        child.terminate()
        child.wait(10)
    return results


def main() -> None:
    """Fill if needed, measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="file; made if it is missing")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--segments", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each question and crowd")
    parser.add_argument("--no-naive", action="store_true", help="leave out the plain queries")
    parser.add_argument("--what", default="api", help="name of the file in bench/results")
    wanted = parser.parse_args()
    rate = None
    if not wanted.index.exists():
        rate = round(fill_index(wanted.index, wanted.events, wanted.segments))
        print(f"written: {rate:,} rows/s")
    figures = run(wanted.index, wanted.seconds, with_naive=not wanted.no_naive)
    kept = {**describe(wanted.index), "written_rows_per_s": rate, "figures": figures}
    target = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-{wanted.what}.json"
    target.write_text(json.dumps(kept, indent=1) + "\n")
    print(f"\nkept in {target}", file=sys.stderr)


if __name__ == "__main__":
    main()
