"""The sockets that a server listens on: opened once by the parent of several processes, or only tried."""

import contextlib
import errno
import socket

from settings.errors import AddressError

BACKLOG = 2048  # as uvicorn's


def listen(host: str, port: int) -> list[socket.socket]:
    """Listen on every address of `host`; the message of an error includes the setting to change."""
    with contextlib.ExitStack() as opened:
        try:
            sockets = []
            addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            for family, kind, protocol, _, address in dict.fromkeys(addresses):
                one = opened.enter_context(socket.socket(family, kind, protocol))
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                one.bind(address)
                one.listen(BACKLOG)
                one.setblocking(False)
                sockets.append(one)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise AddressError(f"PORT: {port} on {host} is already in use; choose another port") from None
            if error.errno == errno.EACCES:
                raise AddressError(f"PORT: {port} is reserved for root; choose another port") from None
            raise AddressError(f"HOST: cannot listen on {host}: {error.strerror}") from None
        opened.pop_all()
        return sockets


def refuse_used_port(host: str, port: int) -> None:
    """Raise if the server cannot listen at this address."""
    for one in listen(host, port):
        one.close()


def local(host: str) -> str:
    """The address at which this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
