"""Whether what was sampled stayed flat, and what the log complained about; pure."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WARM_UP_SHARE = 0.25  # of the samples: caches fill, ten-second rates begin
MIB = 1 << 20

EXPECTED = {
    "a camera went away": re.compile(r"camera \S+: .*trying again"),
    "the disk refused": re.compile(r"cannot write recordings|snapshot of event|cannot be deleted"),
    "room was made": re.compile(r"recordings volume has|the volume is full|over (its|their) quota"),
    "the door is open": re.compile(r"has no accounts"),
    "clock": re.compile(r"the clock "),
}
_LINE = re.compile(r"^\S+ \S+ (WARNING|ERROR|CRITICAL)\s+(.*)$")


@dataclass(frozen=True, slots=True)
class Trend:
    """How a figure moved after the warm-up."""

    first: float  # median of the first quarter
    last: float  # median of the last quarter
    slope_per_hour: float  # of the line through all, fitted by medians of slopes


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a figure may have grown from its first quarter to its last."""

    share: float
    least: float

    def allows(self, trend: Trend) -> bool:
        """Whether it is flat."""
        return trend.last - trend.first <= max(self.least, self.share * trend.first)


LIMITS = {
    "pss_mib": Limit(0.05, 8.0),
    "rss_mib": Limit(0.05, 16.0),
    "fds": Limit(0.0, 4.0),
    "threads": Limit(0.0, 3.0),
}


def trend_of(times_s: Sequence[float], values: Sequence[float]) -> Trend:
    """What remains of a series without its warm-up; the slope is Theil and Sen's."""
    begin = round(len(values) * WARM_UP_SHARE)
    times_s, values = times_s[begin:], values[begin:]
    quarter = max(1, len(values) // 4)
    slopes = [
        (values[b] - values[a]) / (times_s[b] - times_s[a])
        for a in range(len(values))
        for b in range(a + 1, len(values))
    ]
    slope = statistics.median(slopes) if slopes else 0.0
    return Trend(
        statistics.median(values[:quarter]), statistics.median(values[-quarter:]), slope * 3600
    )


def classify(lines: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Complaints that mischief explains, by kind; and the others, by their words."""
    known: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for line in lines:
        found = _LINE.match(line)
        if found:
            kind = next((k for k, one in EXPECTED.items() if one.search(found[2])), None)
            if kind is None:
                other[re.sub(r"[\d.]+", "#", found[2])] += 1
            else:
                known[kind] += 1
        elif line.startswith("Traceback"):
            other["Traceback"] += 1
    return known, other
