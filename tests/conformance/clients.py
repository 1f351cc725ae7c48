"""The client package: its unit tests, and its examples in a browser, against a server."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from models.messages.channels.push.service import message_of
from models.seed import PASSWORD
from schema.document_manifest import manifest_of, to_json
from schema.graphql.limits.bounds import Bounds
from tests.conformance.judging import install, judge
from tests.support.demo_server import ROOT, DemoServer, demo_server
from tests.support.parcels import STARTED, make_parcel

CLIENTS = ROOT / "clients"
PACKAGE = CLIENTS / "typescript" / "dist" / "index.js"
EXAMPLES = CLIENTS / "typescript" / "examples"
OPERATIONS = ROOT / "examples" / "operations"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def judge_clients() -> list[bool]:
    """Build and test the package and its examples; without Chromium, only the parts that don't need it."""
    install(CLIENTS)
    verdicts = [
        judge("client package and examples: build", "npm", "run", "build", *_EACH, folder=CLIENTS),
        judge("client package: unit tests", "npm", "test", *_EACH, folder=CLIENTS),
        judge("client package: size", "node", "size.mjs", folder=CLIENTS / "typescript"),
    ]
    with tempfile.TemporaryDirectory(prefix="leadgate-clock-") as folder:
        clock = Path(folder) / "seconds"
        clock.write_text("0", encoding="ascii")
        program = ("tests.conformance.clock_server", str(clock))
        with demo_server(program, rate_limit_cost_per_minute=0) as server:
            verdicts += _judge_browser(server, clock)
        clock.write_text("0", encoding="ascii")
        with demo_server(
            program, rate_limit_cost_per_minute=0
        ) as server:  # whose leads nobody has applied for
            arguments = (server.endpoint, str(PACKAGE), PASSWORD, str(clock))
            verdicts.append(judge("client package in Node", "node", "program.mjs", *arguments))
        verdicts.append(_judge_trusted(Path(folder)))
    return verdicts


def _judge_trusted(folder: Path) -> bool:
    """Use the package where only trusted documents run: its own and the examples'."""
    manifests = []
    for number, documents in enumerate((CLIENTS / "typescript" / "documents", OPERATIONS)):
        manifests.append(folder / f"{number}.json")
        manifests[-1].write_text(to_json(manifest_of(documents, Bounds())), encoding="utf-8")
    listed = ",".join(map(str, manifests))
    with demo_server(trusted_documents="only", trusted_documents_manifest=listed) as server:
        arguments = (server.endpoint, str(PACKAGE), str(OPERATIONS), PASSWORD)
        return judge("client package with trusted documents only", "node", "trusted.mjs", *arguments)


def _judge_browser(server: DemoServer, clock: Path) -> list[bool]:
    if (chromium := find_chromium()) is None:
        sys.stdout.write(
            "SKIPPED: the client examples and GraphiQL in a browser. Chromium is not on this machine "
            "(Debian: apt-get install chromium; or set CHROMIUM=/path/to/it).\n"
        )
        return []
    readme = str(ROOT / "README.md")
    graphiql = ("node", "graphiql.mjs", server.address, readme, PASSWORD, chromium)
    screens = ("node", "screens.mjs", server.endpoint, str(EXAMPLES), PASSWORD, str(clock), chromium)
    message = message_of(make_parcel(None), STARTED).payload.decode()
    push = ("node", "push.mjs", server.endpoint, str(EXAMPLES / "push"), PASSWORD, message, chromium)
    chat = ("node", "chat.mjs", server.endpoint, str(EXAMPLES), PASSWORD, chromium)
    return [
        judge("README's first subscription in GraphiQL", *graphiql),  # first, in a demo that nobody has used
        judge("client examples in Chromium", *screens, details=True),
        judge("push messages in Chromium", *push),
        judge("a chat in two windows of Chromium", *chat),
    ]


_EACH = ("--workspaces", "--if-present", "--silent")


def find_chromium() -> str | None:
    """Return the path of a Chromium: CHROMIUM, or one that is installed."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)
