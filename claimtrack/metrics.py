"""Metrics in the text format of Prometheus, for the desk's network alone.

Counts are kept by `prometheus_client`, in files in memory that gunicorn's processes share (gunicorn.conf.py names the
folder). Labels are few and fixed: the name of a route, never an address that somebody asked for.
"""

import os
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from .health import examine, is_ready
from .operators import is_from_operators_network

METHODS = ("GET", "HEAD", "POST", "OPTIONS")

_requests = Counter("claimtrack_requests", "Answers", ["route", "method", "status"])
_seconds = Histogram(
    "claimtrack_request_seconds",
    "Seconds until an answer began",
    ["route"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
_security_events = Counter("claimtrack_security_events", "Events of the security log", ["event"])


def count_request(request: HttpRequest, status: int, seconds: float) -> None:
    route, method = route_name(request), request.method if request.method in METHODS else "other"
    _requests.labels(route, method, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def count_security_event(event: str) -> None:
    _security_events.labels(event).inc()


def route_name(request: HttpRequest) -> str:
    """The name of the route that answered; "admin" for the whole desk, "none" where no route was found."""
    match = request.resolver_match
    if match is None:
        return "none"
    return "admin" if match.app_name == "admin" else match.url_name or "unnamed"


class HealthCollector(Collector):
    """What `health.examine` finds, measured when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        findings = examine()
        yield GaugeMetricFamily("claimtrack_ready", "1 where /readyz answers 200", value=float(is_ready(findings)))
        for finding in findings:
            for name, value in finding.figures.items():
                yield GaugeMetricFamily(f"claimtrack_{name}", finding.name, value=float(value))


def metrics(request: HttpRequest) -> HttpResponse | None:
    """/metrics, for the machine itself and `CLAIMTRACK_METRICS_NETWORKS`; None for everybody else."""
    if not is_from_operators_network(request):
        return None
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        for metric in (_requests, _seconds, _security_events):
            registry.register(metric)
    registry.register(HealthCollector())
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response
