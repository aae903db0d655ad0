"""`record`: what footage is kept and for how long."""

from __future__ import annotations

from typing import Literal

from picket.config.section import Section, setting
from picket.config.words import RetainMode

MAX_PRE_CAPTURE_S = 60

Sound = Literal["auto", "copy", "off"]


class RecordRetainConfig(Section):
    """Continuous retention."""

    days: float = setting(
        "How long footage is kept whatever it shows.", default=0, unit="days", ge=0
    )
    mode: RetainMode = setting("Which of that footage is kept.", default="all")


class RetainConfig(Section):
    """Retention of what belongs to events."""

    default: float = setting("For labels not listed in `objects`.", default=10, unit="days", ge=0)
    mode: RetainMode = setting("Which footage of an event is kept.", default="motion")
    objects: dict[str, float] = setting("Days by label.", default={}, unit="days")


class EventsConfig(Section):
    """Footage around events."""

    pre_capture: int = setting(
        "Footage kept before an event.", default=5, unit="s", ge=0, le=MAX_PRE_CAPTURE_S
    )
    post_capture: int = setting("Footage kept after an event.", default=5, unit="s", ge=0)
    objects: tuple[str, ...] | None = setting(
        "Labels whose events keep footage; null means all tracked ones.", default=None
    )
    required_zones: tuple[str, ...] = setting(
        "An event keeps footage only if it entered one of these zones; empty means always.",
        default=(),
    )
    retain: RetainConfig = setting("How long footage of events is kept.", default=RetainConfig())


class ExportConfig(Section):
    """Exports of a time range."""

    timelapse_args: str = setting(
        "ffmpeg arguments that make a timelapse.", default="-vf setpts=0.04*PTS -r 30"
    )


class RecordConfig(Section):
    """Recording."""

    enabled: bool = setting(
        "Whether footage is recorded; if not, it cannot be switched on while running.",
        default=False,
    )
    sync_recordings: bool = setting(
        "Compare index and files at start and once a day, and mend the difference.", default=False
    )
    expire_interval: int = setting("Time between two clean-ups.", default=60, unit="min", gt=0)
    quota: float | None = setting(
        "What the recordings of one camera may take, the oldest give way; null means no limit.",
        default=None,
        unit="GiB",
        gt=0,
    )
    retain: RecordRetainConfig = setting("Continuous retention.", default=RecordRetainConfig())
    events: EventsConfig = setting("Footage around events.", default=EventsConfig())
    audio: Sound = setting(
        "What becomes of the sound: `auto` keeps it, and makes AAC of what MP4 does not hold, as"
        " G.711; `copy` leaves that out; `off` records pictures alone.",
        default="auto",
    )
    export: ExportConfig = setting("Exports of a time range.", default=ExportConfig())
    enabled_in_config: bool | None = setting(
        "Filled in: what the file says, whatever was switched since.", default=None
    )
