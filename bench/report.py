"""Costs as a table to read and as JSON to keep."""

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

from bench.scenario import Cost, Outcome

MIB = 1 << 20
PACKAGES = ("av", "numpy", "onnxruntime", "opencv-python-headless", "fastapi", "uvicorn")


def total(costs: Mapping[str, Cost]) -> Cost:
    """All of them together, slice by slice."""
    every = list(costs.values())
    return Cost(
        [sum(parts) for parts in zip(*(cost.cpu_percent for cost in every), strict=True)],
        sum(cost.pss_bytes for cost in every),
        sum(cost.threads for cost in every),
        sum(cost.processes for cost in every),
    )


def ratio(figure: Cost, floor: Cost) -> float:
    """How many times the floor, of processor time: the median over slices measured side by side."""
    pairs = zip(figure.cpu_percent, floor.cpu_percent, strict=True)
    return statistics.median(ours / theirs for ours, theirs in pairs)


def table(outcome: Outcome) -> str:
    """The lines of one scenario."""
    rates = ", ".join(f"{value:g} {name}/s" for name, value in outcome.rates.items())
    start = outcome.start
    whole, below = total(outcome.picket), total(outcome.floor)
    return "\n".join(
        [
            f"\n{outcome.scenario}: {rates}; first file {start.first_file_s:.1f} s,"
            f" first fragment in the index {start.first_fragment_s:.1f} s;"
            f" cores were short for {outcome.stalled_percent:.0f} % of the time",
            f"  {'':20}{'% of one core':>22}{'PSS MiB':>10}{'threads':>9}",
            *(_line(name, cost) for name, cost in outcome.picket.items()),
            _line("Picket", whole),
            *(_line(f"floor: ffmpeg {name}", cost) for name, cost in outcome.floor.items()),
            f"  ratio: {ratio(whole, below):.2f} x decode and copy,"
            f" {ratio(whole, outcome.floor['decode']):.2f} x decode;"
            f" memory {whole.pss_bytes / below.pss_bytes:.2f} x",
        ]
    )


def as_json(outcomes: Sequence[Outcome], window_s: float) -> str:
    """Everything measured, the machine and the versions."""
    body = {
        "machine": machine(),
        "window_s": window_s,
        "scenarios": [{**asdict(one), "ratios": ratios(one)} for one in outcomes],
    }
    return json.dumps(_rounded(body), indent=1) + "\n"


def ratios(outcome: Outcome) -> dict[str, float]:
    """Processor time and memory against the floor."""
    whole, below = total(outcome.picket), total(outcome.floor)
    return {
        "cpu_to_decode": ratio(whole, outcome.floor["decode"]),
        "cpu_to_decode_and_copy": ratio(whole, below),
        "pss_to_decode_and_copy": whole.pss_bytes / below.pss_bytes,
    }


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


def _cpu_model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "unknown")


def _line(name: str, cost: Cost) -> str:
    low, high = min(cost.cpu_percent), max(cost.cpu_percent)
    cpu = f"{statistics.median(cost.cpu_percent):.2f} ({low:.2f}..{high:.2f})"
    return f"  {name:20}{cpu:>22}{cost.pss_bytes / MIB:10.1f}{cost.threads:9}"


def _rounded(value: Any) -> Any:
    """Three decimals are more than two runs agree on."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value
