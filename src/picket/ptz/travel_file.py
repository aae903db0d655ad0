"""How long each camera takes to turn, on the disk, so that a restart need not measure it."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path

from picket.ptz.travel import Travel

logger = logging.getLogger(__name__)


def read_travel(path: Path) -> Travel | None:
    """What was measured last; None when nothing was, or it cannot be read."""
    try:
        found = json.loads(path.read_bytes())
        return Travel(float(found["pause_s"]), float(found["pan_s"]), float(found["tilt_s"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("how a camera turns is not known any more (%s): %s", error, path)
        return None


def write_travel(path: Path, travel: Travel) -> None:
    """Replace the file in one step; a full disk costs the next start a calibration."""
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(asdict(travel)))
        fresh.replace(path)
    except OSError as error:
        logger.warning("how a camera turns is forgotten with the next start: %s", error)
