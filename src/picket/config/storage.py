"""`storage`: room for recordings; a section of ours."""

from __future__ import annotations

from picket.config.section import Section, setting


class StorageConfig(Section):
    """Limits for the recordings of all cameras together; the oldest footage gives way."""

    quota: float | None = setting(
        "What all recordings may take; null means the whole volume.",
        default=None,
        unit="GiB",
        gt=0,
    )
    reserve: float | None = setting(
        "What is kept free on the volume; null means an hour's worth of recording, within reason.",
        default=None,
        unit="GiB",
        ge=0,
    )
