"""The text of `/metrics`: of this process, or of all processes of one parent together."""

import os
from pathlib import Path

from prometheus_client import REGISTRY, generate_latest

from models.process.lateness import RECENT
from supervision.metrics import VARIABLE, registry_of


def exposition() -> bytes:
    """Return the metrics in Prometheus' text format."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return generate_latest(REGISTRY)
    registry = registry_of(Path(folder))
    registry.register(RECENT)  # what this process has read from the database
    return generate_latest(registry)
