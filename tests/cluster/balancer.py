"""HAProxy's control socket: which servers it sends clients to, and cutting their connections."""

import csv
import socket
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 5.0


class Balancer:
    """A running HAProxy."""

    def __init__(self, control: Path) -> None:
        """Take the path of its control socket."""
        self.control = control

    def serving(self) -> Mapping[str, set[str]]:
        """Return the servers that passed their latest checks, by listener. Raises `OSError` if it is away."""
        return serving(self._command("show stat -1 4 -1"))

    def cut(self, listener: str, server: str) -> None:
        """Close all connections to a server. Raises `RuntimeError` if it is unknown."""
        if refused := self._command(f"shutdown sessions server {listener}/{server}").strip():
            raise RuntimeError(refused)

    def _command(self, words: str) -> str:
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(_SECONDS)
            control.connect(str(self.control))
            control.sendall(f"{words}\n".encode())
            return b"".join(iter(lambda: control.recv(65_536), b"")).decode()


def serving(shown: str) -> Mapping[str, set[str]]:
    """Read the answer to `show stat`, of which each line is a server.

    HAProxy begins with all servers as `UP 1/2` before it has checked any, and a server that has just failed
    a check is shown in the same way: neither is in the result.
    """
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(shown.removeprefix("# ").splitlines()):
        found.setdefault(row["pxname"], set())
        if row["status"] == "UP":
            found[row["pxname"]].add(row["svname"])
    return found
