"""`telemetry`: which statistics are gathered."""

from __future__ import annotations

from picket.config.section import Section, setting


class TelemetryStatsConfig(Section):
    """Statistics that cost something."""

    amd_gpu_stats: bool = setting("Ask AMD graphics for their load.", default=True)
    intel_gpu_stats: bool = setting("Ask Intel graphics for their load.", default=True)
    network_bandwidth: bool = setting("Measure the traffic of each process.", default=False)


class TelemetryConfig(Section):
    """Statistics."""

    network_interfaces: tuple[str, ...] = setting(
        "Interfaces to watch; empty means all.", default=()
    )
    stats: TelemetryStatsConfig = setting(
        "Statistics that cost something.", default=TelemetryStatsConfig()
    )
    version_check: bool = setting("Look for a newer release.", default=True)
