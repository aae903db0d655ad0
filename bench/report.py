"""Costs as a table to read, as JSON to keep and as lines to plot."""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from bench.overload import Shedding
from bench.plot import Panel, Series
from bench.scenario import Cost, Outcome
from bench.viewers import Watching

MIB = 1 << 20
PACKAGES = ("av", "numpy", "onnxruntime", "opencv-python-headless", "fastapi", "uvicorn")


def total(costs: Mapping[str, Cost], times: float = 1.0) -> Cost:
    """All of them together, slice by slice, as many times as there are cameras for each."""
    every = list(costs.values())
    slices = zip(*(cost.cpu_percent for cost in every), strict=True)
    return Cost(
        [times * sum(parts) for parts in slices],
        round(times * sum(cost.pss_bytes for cost in every)),
        round(times * sum(cost.shared_bytes for cost in every)),
        round(times * sum(cost.threads for cost in every)),
        round(times * sum(cost.processes for cost in every)),
        round(times * sum(cost.written_bytes for cost in every)),
    )


def floors(outcome: Outcome) -> dict[str, Cost]:
    """What the floor would be for all cameras."""
    times = outcome.scenario.cameras / outcome.floor_streams
    return {name: total({name: cost}, times) for name, cost in outcome.floor.items()}


def ratio(figure: Cost, floor: Cost) -> float:
    """How many times the floor, of processor time: the median over slices measured side by side."""
    pairs = zip(figure.cpu_percent, floor.cpu_percent, strict=True)
    return statistics.median(ours / theirs for ours, theirs in pairs)


def table(outcome: Outcome) -> str:
    """The lines of one scenario."""
    rates = ", ".join(f"{value:g} {name}" for name, value in outcome.rates.items())
    start, below = outcome.start, floors(outcome)
    figures = ", ".join(f"{value:.2f} x {name}" for name, value in ratios(outcome).items())
    syncs = "" if outcome.syncs is None else f", {outcome.syncs:.1f} fsync"
    return "\n".join(
        [
            f"\n{outcome.scenario.name}: a second {rates}{syncs};"
            f" first file {start.first_file_s:.1f} s, in the index {start.first_fragment_s:.1f} s;"
            f" cores were short for {outcome.stalled_percent:.0f} % of the time",
            f"  {'':20}{'% of one core':>24}{'PSS MiB':>9}{'shared':>8}{'threads':>8}{'KiB/s':>8}",
            *(_line(name, cost) for name, cost in outcome.picket.items()),
            _line("Picket", total(outcome.picket)),
            *(_line(f"floor: ffmpeg {name}", cost) for name, cost in below.items()),
            f"  ratio: {figures}",
            f"  events: {_delays(outcome)}",
        ]
    )


def ratios(outcome: Outcome) -> dict[str, float]:
    """Processor time, memory and bytes against the floor."""
    whole, below = total(outcome.picket), floors(outcome)
    both = total(below)
    return {
        "decode": ratio(whole, below["decode"]),
        "decode and copy": ratio(whole, both),
        "memory": whole.pss_bytes / both.pss_bytes,
        "bytes of copy": whole.written_bytes / max(below["copy"].written_bytes, 1),
    }


def watching_table(watching: Watching) -> str:
    """The lines of the viewers."""
    streams = ", ".join(
        f"{n}: {cpu:.1f} % of a core, {watching.stream_frames[n]:.1f} pictures/s each"
        for n, cpu in watching.stream_cpu_percent.items()
    )
    return (
        f"\nlatest.jpg, 8 clients: {watching.answers:.0f}/s, p50 {watching.answer_p50_ms:.1f} ms,"
        f" p95 {watching.answer_p95_ms:.1f} ms, {watching.answer_cpu_ms:.2f} ms of the server each;"
        f" floor /api/version {watching.bare_answers:.0f}/s\nMJPEG viewers of one camera: {streams}"
    )


def as_json(
    outcomes: Sequence[Outcome],
    watching: Watching | None,
    shedding: Sequence[Shedding],
    window_s: float,
) -> str:
    """Everything measured, the machine and the versions."""
    body = {
        "machine": machine(),
        "window_s": window_s,
        "scenarios": [_kept(one) for one in outcomes],
        "watching": None if watching is None else asdict(watching),
        "shedding": [asdict(one) for one in shedding],
    }
    return json.dumps(_rounded(body), indent=1) + "\n"


def panels(outcomes: Sequence[Outcome]) -> list[Panel]:
    """Processor time beside its floor, and memory, over the number of cameras."""
    ordered = sorted(outcomes, key=lambda one: one.scenario.cameras)
    groups = {
        name: [one for one in ordered if one.scenario.clip.name == name]
        for name in dict.fromkeys(one.scenario.clip.name for one in outcomes)
    }
    cpu, memory = [], []
    for name, group in groups.items():
        counts = [one.scenario.cameras for one in group]
        used = [statistics.median(total(one.picket).cpu_percent) for one in group]
        least = [statistics.median(total(floors(one)).cpu_percent) for one in group]
        held = [total(one.picket).pss_bytes / MIB for one in group]
        cpu.append(Series(name, tuple(zip(counts, used, strict=True))))
        cpu.append(Series(name, tuple(zip(counts, least, strict=True)), is_floor=True))
        memory.append(Series(name, tuple(zip(counts, held, strict=True))))
    return [
        Panel("% of one core (dashed: ffmpeg decode + copy)", tuple(cpu)),
        Panel("PSS with shared memory, MiB", tuple(memory)),
    ]


def machine() -> dict[str, Any]:
    """What it ran on."""
    banner = subprocess.run(["ffmpeg", "-version"], check=True, capture_output=True, text=True)
    return {
        "cpu": _cpu_model(),
        "cores": psutil.cpu_count(),
        "memory_mib": psutil.virtual_memory().total // MIB,
        "kernel": platform.release(),
        "python": platform.python_version(),
        "ffmpeg": banner.stdout.split()[2],
        "load_average": psutil.getloadavg()[0],
        **{name: version(name) for name in PACKAGES},
    }


def _kept(outcome: Outcome) -> dict[str, Any]:
    """A scenario in the file; its clip by name."""
    return {**asdict(outcome), "scenario": outcome.scenario.name, "ratios": ratios(outcome)}


def _cpu_model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "unknown")


def _line(name: str, cost: Cost) -> str:
    low, high = min(cost.cpu_percent), max(cost.cpu_percent)
    cpu = f"{statistics.median(cost.cpu_percent):.2f} ({low:.2f}..{high:.2f})"
    memory = f"{cost.pss_bytes / MIB:9.1f}{cost.shared_bytes / MIB:8.1f}"
    return f"  {name:20}{cpu:>24}{memory}{cost.threads:8}{cost.written_bytes / 1024:8.0f}"


def _delays(outcome: Outcome) -> str:
    delays = outcome.delays
    if not delays.told_s:
        return "none began"
    told, listed = (
        f"{1000 * statistics.median(some):.0f} ms, at most {1000 * max(some):.0f}"
        if some
        else "never"
        for some in (delays.told_s, delays.listed_s)
    )
    return (
        f"{len(delays.told_s)} began; told after {told}; in the API after {listed};"
        f" {len(delays.lost)} never got there"
    )


def _rounded(value: Any) -> Any:
    """Three decimals are more than two runs agree on."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value
