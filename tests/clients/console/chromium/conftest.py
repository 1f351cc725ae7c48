"""A server with the demo, and Chromium, for all tests of this package that one process of pytest runs."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from clients.console import DOCUMENTS
from tests.clients.console.chromium.api import book_points, write_documents
from tests.clients.console.chromium.browser import (
    COMMAND,
    PATIENCE_MS,
    REQUIRED,
    Troubles,
    chromium,
    open_browser,
    open_window,
)
from tests.support.cluster import PreparedCluster
from tests.support.demo_server import AHEAD, DemoServer, demo_server

# An hour of the demo's market: long enough that nothing becomes due while a busy machine runs a test.
HOUR_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Change the order, which must not matter: `CONSOLE_ORDER=reversed`, or a number for a random one."""
    order = os.environ.get("CONSOLE_ORDER")
    if order == "reversed":
        items.reverse()
    elif order:
        random.Random(order).shuffle(items)


@pytest.fixture(scope="package")
def executable() -> Path:
    """Chromium's path; skips without it, before anything is started."""
    found = chromium()
    if found is None:
        if os.environ.get(REQUIRED):
            pytest.fail(f"Chromium is not installed: {COMMAND}")
        pytest.skip(f"Chromium is not installed: {COMMAND}")
    return found


@pytest.fixture(scope="package")
def server(
    executable: Path, tmp_path_factory: pytest.TempPathFactory, prepared_cluster: PreparedCluster
) -> Iterator[DemoServer]:
    """Run trusted documents only: the console's, and those of the tests' other users.

    While a screen is being written, `CONSOLE_SERVER=http://127.0.0.1:8000` uses a running server instead,
    which must have the demo, accept all documents, and have WEBHOOK_PRIVATE_HOSTS=127.0.0.1:9.
    """
    if address := os.environ.get("CONSOLE_SERVER"):
        book_points(address)
        yield DemoServer(address, Path(os.devnull))
        return
    manifest = tmp_path_factory.mktemp("documents") / "documents.json"
    write_documents(manifest)
    with demo_server(
        AHEAD,
        prepared_cluster,
        trusted_documents="only",
        trusted_documents_manifest=f"{manifest},{DOCUMENTS}",
        rate_limit_cost_per_minute=0,
        demo_hour_seconds=HOUR_SECONDS,
        webhook_private_hosts="127.0.0.1:9",
    ) as running:
        book_points(running.address)
        yield running


@pytest.fixture
def own_server(server: DemoServer) -> DemoServer:
    """The server of these tests, whose clock and process a test may move; skips with `CONSOLE_SERVER`."""
    if server.configured is None:
        pytest.skip("changes the server, so it needs one of its own: run it without CONSOLE_SERVER")
    return server


@pytest.fixture(scope="package")
def browser(executable: Path, server: DemoServer) -> Iterator[Browser]:
    """Start Chromium after the server, whose start needs an event loop that Playwright would occupy."""
    expect.set_options(timeout=PATIENCE_MS)
    with open_browser(executable) as running:
        yield running


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens windows, each with a profile of its own; they close after the test.

    The test fails if a script fails on a page or breaks the policy, unless the window is opened with
    `calm=False`. With `expiring=True`, the clock passes the end of its token: whether the page renews it
    first or is refused once, is a matter of who comes first.
    """
    opened: list[BrowserContext] = []
    watched: list[Troubles] = []

    def open_one(*, calm: bool = True, expiring: bool = False, **how: object) -> BrowserContext:
        context = open_window(browser, **how)  # type: ignore[arg-type]
        opened.append(context)
        if calm:
            watched.append(Troubles(context, expiring=expiring))
        return context

    yield open_one
    for context in opened:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # a request may be under way at the end of the test
        context.close()
    assert [trouble for one in watched for trouble in one.seen] == []
