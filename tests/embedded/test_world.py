"""The demo world is a process that says where it listens, on this machine only, for as long as it runs."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dns.message
import dns.query
import httpx
import pytest

from embedded.world.place import FILE, announced, ports
from settings.errors import EmbeddedError
from tests.support.command import ROOT, plain_environment

START_SECONDS = 120.0


@contextmanager
def running_command(var: Path) -> Iterator[tuple[subprocess.Popen[bytes], tuple[int, int]]]:
    """Run `leadgate world`; yield its process and its ports."""
    with subprocess.Popen(
        [sys.executable, "-m", "cli", "world"], cwd=ROOT, env=plain_environment(VAR_DIR=str(var))
    ) as process:
        try:
            ends = time.monotonic() + START_SECONDS
            while (found := ports(var)) is None:
                assert process.poll() is None
                assert time.monotonic() < ends
                time.sleep(0.02)
            yield process, found
        finally:
            process.kill()


def test_the_command_serves_sites_and_names_until_it_is_stopped(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with running_command(var) as (process, (http, dns_port)):
        page = httpx.get(
            f"http://127.0.0.1:{http}/", headers={"Host": "ninthrow.example"}, trust_env=False, timeout=60
        )
        assert "Ninth Row Theatre" in page.text
        question = dns.message.make_query("seeufer.example.", "MX")
        answer = dns.query.udp(question, "127.0.0.1", port=dns_port, timeout=60)
        assert "outlook.com" in str(answer.answer)
        assert (var / FILE).stat().st_mode & 0o777 == 0o600
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert ports(var) is None


def test_a_world_that_is_killed_is_not_found(tmp_path: Path) -> None:
    with running_command(tmp_path) as (process, _):
        process.kill()
        process.wait(60)
        assert ports(tmp_path) is None


def test_who_looks_for_a_world_does_not_keep_it_from_beginning(tmp_path: Path) -> None:
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            ports(tmp_path)

    looking = threading.Thread(target=look)
    (tmp_path / FILE).touch()
    looking.start()
    try:
        for _ in range(1_000):
            with announced(tmp_path, 1, 2):
                pass
    finally:
        ended.set()
        looking.join()


def test_there_is_one_world(tmp_path: Path) -> None:
    with announced(tmp_path, 1, 2):
        with pytest.raises(EmbeddedError), announced(tmp_path, 3, 4):
            pass
        assert ports(tmp_path) == (1, 2)


@pytest.mark.parametrize("host", ["localhost", "speichenwerk.example.evil.de"])
def test_the_world_has_no_other_names(tmp_path: Path, host: str) -> None:
    with running_command(tmp_path) as (_, (http, _)), socket.create_connection(("127.0.0.1", http)) as sent:
        sent.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert sent.recv(100).startswith(b"HTTP/1.1 404")
