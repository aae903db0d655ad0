"""`audio`: sounds worth an event."""

from __future__ import annotations

from picket.config.section import Section, setting


class AudioFilterConfig(Section):
    """Limits for one sound."""

    threshold: float = setting(
        "Score from which the sound counts.", default=0.8, unit="0.5..1", ge=0.5, lt=1.0
    )


class AudioConfig(Section):
    """Audio detection."""

    enabled: bool = setting(
        "Whether sounds are looked for; if not, it cannot be switched on while running.",
        default=False,
    )
    max_not_heard: int = setting(
        "Silence after which a sound's event ends.", default=30, unit="s", ge=0
    )
    min_volume: int = setting(
        "Quieter audio is not examined.", default=500, unit="RMS of 16-bit samples"
    )
    listen: tuple[str, ...] = setting(
        "Sounds to look for.", default=("bark", "fire_alarm", "scream", "speech", "yell")
    )
    filters: dict[str, AudioFilterConfig] | None = setting("Limits by sound.", default=None)
    enabled_in_config: bool | None = setting(
        "Filled in: what the file says, whatever was switched since.", default=None
    )
    num_threads: int = setting("Threads of the sound detector.", default=2, unit="threads", ge=1)
    model_path: str | None = setting(
        "YAMNet's TFLite file; unset: `/cpu_audio_model.tflite`, where Frigate's images keep it.",
        default=None,
    )
    labelmap_path: str | None = setting(
        "File with the names of its classes, one a line; unset: `/audio-labelmap.txt`.",
        default=None,
    )
