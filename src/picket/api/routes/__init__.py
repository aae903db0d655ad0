"""One file per resource; their order decides who answers."""

from __future__ import annotations

from picket.api.routes import (
    clips,
    config,
    event_changes,
    event_pictures,
    events,
    exports,
    ffprobe,
    files,
    folders,
    grid,
    jsmpeg,
    labels,
    live,
    manual_events,
    ptz,
    recordings,
    stats,
    stills,
    system,
    timeline,
    topics,
    vod,
)

ROUTERS = (
    system.router,
    config.router,
    stats.router,
    events.router,
    event_changes.router,
    manual_events.router,
    exports.router,
    ffprobe.router,
    timeline.router,
    labels.router,
    recordings.router,
    stills.router,
    grid.router,
    ptz.router,
    clips.router,
    vod.router,
    event_pictures.router,
    files.router,
    folders.router,
    topics.router,
    jsmpeg.router,
    live.router,
)
"""First match wins: words stand before `<camera>`, so a camera named `events` cannot be reached."""
