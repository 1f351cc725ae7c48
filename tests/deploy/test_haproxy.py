"""What servers are told by HAProxy as `deploy/haproxy.cfg` sets it up, with HAProxy itself."""

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cluster.ports import free_ports
from tests.cluster.templates import fill, placeholders

PROGRAM = shutil.which("haproxy")
LOCAL = "127.0.0.1"
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="apt-get install haproxy")


class Told(BaseHTTPRequestHandler):
    """A server that answers with the headers it was sent."""

    def do_GET(self) -> None:
        """Answer with all headers, as pairs."""
        body = json.dumps([(name.lower(), value) for name, value in self.headers.items()]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run HAProxy before such a server, and return its port once the server is considered ready."""
    upstream = ThreadingHTTPServer((LOCAL, 0), Told)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    folder: Path = tmp_path_factory.mktemp("haproxy")
    places = placeholders("haproxy.cfg")
    values: dict[str, object] = dict(free_ports(sorted(name for name in places if name.endswith("_port"))))
    values |= {name: LOCAL for name in places if name.endswith("address")}
    values |= {"app1_port": upstream.server_port, "haproxy_socket": folder / "s"}
    config = folder / "haproxy.cfg"
    config.write_text(fill("haproxy.cfg", values))
    assert PROGRAM is not None
    running = subprocess.Popen([PROGRAM, "-db", "-q", "-f", str(config)])
    try:
        found = int(str(values["web_port"]))
        while status(found, "/graphql") != 200:
            assert running.poll() is None
            time.sleep(0.05)
        yield found
    finally:
        running.kill()
        running.wait()
        upstream.shutdown()
        upstream.server_close()


def status(port: int, path: str) -> int | None:
    """Return the status of an answer; None if nobody listens yet."""
    connection = HTTPConnection(LOCAL, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except ConnectionRefusedError:
        return None
    finally:
        connection.close()


def test_a_client_cannot_claim_another_address(port: int) -> None:
    """Otherwise one that lists HAProxy in FORWARDED_ALLOW_IPS would believe it."""
    connection = HTTPConnection(LOCAL, port, timeout=10)
    connection.putrequest("GET", "/graphql")
    for name in ("X-Forwarded-For", "X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Proto"):
        connection.putheader(name, "203.0.113.7")
    connection.endheaders()
    told = json.loads(connection.getresponse().read())
    connection.close()
    assert "203.0.113.7" not in str(told)
    assert [value for name, value in told if name == "x-forwarded-for"] == [LOCAL]
    assert [value for name, value in told if name == "x-forwarded-proto"] == ["http"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/version", "/metrics", "/metrics?x=1"])
def test_what_is_for_operators_is_not_passed_on(port: int, path: str) -> None:
    assert status(port, path) == 404
