"""What a timeline draws of a camera: when it was recorded, what moved, what events ran."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from picket.store.database import Database
from picket.store.local_time import HOUR_S

Table = npt.NDArray[np.float64]


class EventSpan(NamedTuple):
    """An event as a timeline sees it."""

    start_time: float  # Unix seconds
    end_time: float | None  # None while it runs


def recorded_table(db: Database, camera: str, after: float, before: float) -> Table:
    """Segments of a camera that overlap [after, before), oldest first.

    Returns: a row for each: start and end in Unix seconds, and px^2 of motion boxes summed over
        frames. A day has nine thousand, and values for each would take as long as the query.
    """
    rows = db.rows(
        """
        SELECT start_time, end_time, COALESCE(motion, 0)
          FROM segment
         WHERE camera = :camera
           AND start_time < :before
           AND end_time > :after
           AND start_time >= COALESCE((SELECT MAX(start_time)
                                         FROM segment
                                        WHERE camera = :camera AND start_time <= :well_before),
                                      :well_before)
         ORDER BY start_time
        """,
        {"camera": camera, "after": after, "before": before, "well_before": after - HOUR_S},
    )
    return np.fromiter(chain.from_iterable(rows), np.float64, 3 * len(rows)).reshape(-1, 3)


def event_spans(db: Database, camera: str, after: float, before: float) -> list[EventSpan]:
    """Events of a camera that overlap [after, before), in no order.

    Those that began long before are looked for by their length, which few have, or as running.
    """
    # `camera || ''` keeps the planner from reading every event that a camera ever had.
    rows = db.rows(
        """
        SELECT start_time, end_time FROM event
         WHERE camera = :camera AND start_time < :before AND start_time >= :well_before
           AND (end_time IS NULL OR end_time > :after)
        UNION ALL
        SELECT start_time, end_time FROM event
         WHERE length_s >= :long_s AND camera || '' = :camera AND +start_time < :well_before
           AND end_time > :after
        UNION ALL
        SELECT start_time, end_time FROM event
         WHERE end_time IS NULL AND camera || '' = :camera AND start_time < :well_before
        """,
        {
            "camera": camera,
            "after": after,
            "before": before,
            "well_before": after - HOUR_S,
            "long_s": HOUR_S,
        },
    )
    return [EventSpan._make(row) for row in rows]
