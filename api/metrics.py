"""Metrics for Prometheus: requests by route, method and class of status; jobs by state. No ids.

Each application counts for itself. Several web processes that share a port write into one folder
(``PROMETHEUS_MULTIPROC_DIR``, which ``steget serve`` makes), and each of them answers for all.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

__all__ = ["FOLDER", "MEDIA_TYPE", "Metrics"]

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = CONTENT_TYPE_LATEST
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
OTHER = "other"
"""A route or method that there is none of: what callers make up does not become a label."""


class Metrics:
    """What an application counts."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "steget_request_seconds",
            "Requests and the time they took",
            ("route", "method", "status"),
            registry=self._registry,
            buckets=SECONDS,
        )

    def request(self, route: str | None, method: str, status: int, seconds: float) -> None:
        """Count a request.

        Args:
            route: its template, as ``/users/{user}``; None where there is no such route.
            method: as it was sent.
            status: of the answer; 0 where none went out.
            seconds: until the last byte of the answer.
        """
        labels = (route or OTHER, method if method in METHODS else OTHER, f"{status // 100}xx")
        self._requests.labels(*labels).observe(seconds)

    def text(self, jobs: Mapping[str, int] | None) -> bytes:
        """What Prometheus reads; jobs by state, where the database told."""
        registry = self._registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        now = CollectorRegistry()
        if jobs is not None:
            now.register(_Jobs(jobs))
        return generate_latest(registry) + generate_latest(now)


@dataclass(frozen=True, eq=False)
class _Jobs(Collector):
    """Jobs as the database has them at this moment: the same from whichever process."""

    counts: Mapping[str, int]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One gauge, a value for each state."""
        gauge = GaugeMetricFamily("steget_jobs", "Jobs by state", labels=("state",))
        for state, count in self.counts.items():
            gauge.add_metric((state,), count)
        yield gauge
