"""Free ports for an installation, all different."""

import contextlib
import socket
from collections.abc import Iterable


def free_ports(names: Iterable[str]) -> dict[str, int]:
    """Return a port of 127.0.0.1 for each name; they are held together, so that none is given twice."""
    with contextlib.ExitStack() as held:
        ports = {}
        for name in names:
            probe = held.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            ports[name] = int(probe.getsockname()[1])
        return ports
