"""Which servers HAProxy sends clients to."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.balancer import Balancer, serving
from tests.cluster.engines import system_path
from tests.cluster.ports import free_ports

HAPROXY = shutil.which("haproxy", path=system_path())
CONFIGURATION = """
global
  stats socket {control} mode 600 level admin
defaults
  mode tcp
  timeout connect 2s
  timeout client 1m
  timeout server 1m
listen web
  bind 127.0.0.1:{web}
  default-server inter 20ms fall 2 rise 1
  server app1 127.0.0.1:{app1} check
  server app2 127.0.0.1:{app2} check
"""


def test_a_server_counts_once_it_has_passed_a_check() -> None:
    """Not one that was never checked, has just failed a check, is down, or stands still."""
    shown = "\n".join(
        [
            "# pxname,svname,status,",
            *("web,app1,UP,", "web,app2,UP 1/2,", "postgres,db1,DOWN,", "postgres,db2,DOWN 1/2,"),
            *("redis,redis1,UP,", "redis,redis2,MAINT,"),
            "",
        ]
    )
    assert serving(shown) == {"web": {"app1"}, "postgres": set(), "redis": {"redis1"}}


@pytest.fixture
def ports() -> dict[str, int]:
    """Free ports for HAProxy and two servers."""
    return free_ports(("web", "app1", "app2"))


@pytest.fixture
def balancer(tmp_path: Path, ports: dict[str, int]) -> Iterator[Balancer]:
    """A running HAProxy in front of two servers, neither of which listens."""
    if HAPROXY is None:
        pytest.skip("apt-get install haproxy")
    control = tmp_path / "s"
    (tmp_path / "haproxy.cfg").write_text(CONFIGURATION.format(control=control, **ports))
    process = subprocess.Popen([HAPROXY, "-db", "-f", tmp_path / "haproxy.cfg"])
    try:
        while not control.exists():
            assert process.poll() is None
            time.sleep(0.01)
        yield Balancer(control)
    finally:
        process.terminate()
        process.wait()


def test_haproxy_says_which_servers_it_sends_clients_to(balancer: Balancer, ports: dict[str, int]) -> None:
    """A server appears when it listens, and the connections to it can be cut."""
    _until(balancer, set())
    with socket.create_server(("127.0.0.1", ports["app2"])) as server:
        _until(balancer, {"app2"})
        with socket.create_connection(("127.0.0.1", ports["web"])) as client:
            client.sendall(b"a")
            while not _hears(server, b"a"):  # but one of HAProxy's checks
                pass
            balancer.cut("web", "app2")
            assert client.recv(1) == b""
    _until(balancer, set())


def test_an_unknown_server_is_refused(balancer: Balancer) -> None:
    """A slip in a name is an error instead of an event that did nothing."""
    with pytest.raises(RuntimeError, match="No such server"):
        balancer.cut("web", "app3")


def _hears(server: socket.socket, byte: bytes) -> bool:
    """Whether the next connection to a server brings a byte."""
    connection, _ = server.accept()
    with connection, contextlib.suppress(ConnectionResetError):
        return connection.recv(1) == byte
    return False


def _until(balancer: Balancer, servers: set[str]) -> None:
    """Wait until clients are sent to these servers."""
    while balancer.serving() != {"web": servers}:
        time.sleep(0.01)
