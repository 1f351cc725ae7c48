"""What the commands of this package share: the marketplace on services of its own, and lines of output."""

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

import embedded
from tests.fuzz.differential.market import Market, furnished
from tests.support.cluster import PreparedCluster
from tests.support.database import migrated_database
from tests.support.services import reachable_folder


def silent() -> None:
    """Log nothing: hundreds of thousands of requests would."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def say(line: str) -> None:
    """Print a line immediately."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@asynccontextmanager
async def standing(**limits: object) -> AsyncIterator[Market]:
    """Start services and fill the marketplace; everything is deleted at the end."""
    with reachable_folder() as folder:
        PreparedCluster(folder / "prepared").copy_to(folder / "var")
        with embedded.start(folder / "var", durable=False) as services:
            async with (
                migrated_database(services) as database,
                furnished(services, database, **limits) as made,
            ):
                yield made
