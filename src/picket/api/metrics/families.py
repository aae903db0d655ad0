"""Values and histograms in the form of prometheus-client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.utils import floatToGoString

from picket.domain.measures import Histogram

Key = tuple[str, ...]
"""The values of the labels, in their order."""


def gauge(name: str, text: str, labels: Sequence[str], values: Mapping[Key, float]) -> Metric:
    """What rises and falls."""
    family = GaugeMetricFamily(name, text, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def counter(name: str, text: str, labels: Sequence[str], values: Mapping[Key, float]) -> Metric:
    """What only rises, from 0 on after a restart of the process that counts it.

    Args: name: ends in `_total`.
    """
    family = CounterMetricFamily(name.removesuffix("_total"), text, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def histogram(
    name: str, text: str, labels: Sequence[str], values: Mapping[Key, Histogram]
) -> Metric:
    """Durations.

    Args: name: ends in `_seconds`.
    """
    family = HistogramMetricFamily(name, text, labels=labels)
    for key, value in values.items():
        ends = [*map(floatToGoString, value.limits_s), "+Inf"]
        family.add_metric(key, list(zip(ends, accumulate(value.counts), strict=True)), value.sum_s)
    return family


def single(value: float) -> Mapping[Key, float]:
    """The one value of a family without labels."""
    return {(): value}
