"""Runs `leadgate` in forks of one process that has imported it, because importing takes more than a second.

A fork has its own environment, standard streams and exit code. Run as a program, this module is the server,
which reads requests from the socket that is its standard input.
"""

import array
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

# Imported once for all forks; a command imports what else it needs.
import cli.app
import cli.import_leads
import server  # noqa: F401
from models.process.gc_tuning import look_less_often

ROOT = Path(__file__).parents[2]
_REQUEST_BYTES = 1 << 20
_STREAMS = 3


class ForkServer:
    """The process that forks; it exits when this side of its socket is closed."""

    def __init__(self) -> None:
        self._here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.fork_server"], cwd=ROOT, stdin=there.fileno()
            )

    def close(self) -> None:
        """End the process."""
        self._here.close()
        self._process.wait()

    def run(
        self, words: Sequence[str], environment: Mapping[str, str], given: bytes, seconds: float
    ) -> tuple[int, bytes, bytes]:
        """Run a command to completion; return its exit code, output and error output.

        After `seconds` it is killed, and `TimeoutError` is raised.
        """
        with ExitStack() as stack:
            streams: list[IO[bytes]] = [
                stack.enter_context(tempfile.TemporaryFile()) for _ in range(_STREAMS)
            ]
            stdin, stdout, stderr = streams
            stdin.write(given)
            stdin.seek(0)
            answer, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            stack.enter_context(answer)
            with theirs:
                request = json.dumps([list(words), dict(environment)]).encode()
                files = [*(stream.fileno() for stream in streams), theirs.fileno()]
                socket.send_fds(self._here, [request], files)
            pid = int(answer.recv(64))
            answer.settimeout(seconds)
            try:
                code = int(answer.recv(64))
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                raise
            stdout.seek(0)
            stderr.seek(0)
            return code, stdout.read(), stderr.read()


def _serve(requests: socket.socket) -> list[str] | None:
    """Handle requests until the socket is closed; in a fork, return the arguments of its command."""
    while True:
        request, ancillary, _, _ = requests.recvmsg(_REQUEST_BYTES, socket.CMSG_SPACE(4 * (_STREAMS + 1)))
        if not request:
            return None
        files = array.array("i")
        files.frombytes(ancillary[0][2])
        if os.fork():
            for file in files:
                os.close(file)
            os.wait()  # the intermediate process exits immediately
            continue
        if os.fork():
            os._exit(0)
        # Waits for the command and reports its exit, because only a parent may.
        *streams, answer = files
        pid = os.fork()
        if pid:
            with socket.socket(fileno=answer) as report:
                report.send(str(pid).encode())
                report.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())
            os._exit(0)
        os.close(answer)
        requests.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        words, environment = json.loads(request)
        os.environ.clear()
        os.environ.update(environment)
        return list(words)


def main() -> None:
    """Run the server."""
    look_less_often()  # before each fork scans, and so copies, all that was imported
    words = _serve(socket.socket(fileno=os.dup(0)))
    if words is None:
        return
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, closefd=False, encoding="utf-8")  # noqa: SIM115 - they end with the process
        for number, mode in enumerate("rww")
    )
    sys.argv = [str(ROOT / "cli" / "__main__.py"), *words]
    cli.app.main()


if __name__ == "__main__":
    main()
