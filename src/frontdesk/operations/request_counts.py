"""Requests counted for Prometheus, on the event loop alone.

Every request is counted. The library's own counters lock, copy labels and look through all buckets,
for threads and processes that are not here: they took four times as long.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
LATENCY_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_BOUNDS = (*map(str, map(float, LATENCY_SECONDS)), "+Inf")


class _Durations:
    """How many took up to each bound and no less than the one before, and seconds in all."""

    def __init__(self) -> None:
        self.counts = [0] * len(_BOUNDS)
        self.seconds = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(LATENCY_SECONDS, seconds)] += 1
        self.seconds += seconds


class RequestCounts(Collector):
    """Labels hold names from our own code alone, never what came in."""

    def __init__(self) -> None:
        self._durations: dict[tuple[str, str], _Durations] = {}
        self._answered: dict[tuple[str, str, int], int] = {}

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        if method not in METHODS:
            method = "other"
        answered = (method, route, status)
        self._answered[answered] = self._answered.get(answered, 0) + 1
        durations = self._durations.get((method, route))
        if durations is None:
            durations = self._durations[method, route] = _Durations()
        durations.add(seconds)

    def collect(self) -> Iterator[Metric]:
        answered = CounterMetricFamily(
            "frontdesk_http_requests", "Requests answered.", labels=["method", "route", "status"]
        )
        for (method, route, status), count in self._answered.items():
            answered.add_metric([method, route, str(status)], count)
        yield answered
        took = HistogramMetricFamily(
            "frontdesk_http_request_seconds",
            "From the first byte of a request's head to the last of its reply; streams included.",
            labels=["method", "route"],
        )
        for labels, durations in self._durations.items():
            up_to = list(zip(_BOUNDS, accumulate(durations.counts), strict=True))
            took.add_metric(labels, up_to, durations.seconds)
        yield took
