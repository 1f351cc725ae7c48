"""Limit of open sockets that have not authenticated yet.

A socket stops counting when it is reported as authenticated.
"""

from collections.abc import MutableMapping
from typing import Any

from starlette.responses import PlainTextResponse, Response

from models.base.viewer import ANONYMOUS
from schema.graphql.open_count import Lack, SharedOpenCount
from schema.graphql.rate_limit import bucket_of
from schema.http.frame_rate import raise_frame_rate

OF_ONE_ADDRESS, OF_ALL = 20, 500
RETRY_SECONDS = 10
_KEY = "unauthenticated_socket"


class UnauthenticatedSockets:
    """The unauthenticated sockets of one process."""

    def __init__(self) -> None:
        """Start without sockets."""
        self._slots = SharedOpenCount(OF_ONE_ADDRESS, OF_ALL)

    def admit(self, address: str, scope: MutableMapping[str, Any]) -> "UnauthenticatedSocket | Lack":
        """Admit a socket unless there are too many from its address (IPv6: its network) or in total."""
        socket = UnauthenticatedSocket(self._slots, bucket_of(ANONYMOUS, address))
        if lack := self._slots.take(socket.address):
            return lack
        scope[_KEY] = socket
        return socket


class UnauthenticatedSocket:
    """A socket that has taken a slot until it authenticates or closes."""

    def __init__(self, slots: SharedOpenCount, address: str) -> None:
        """Store the slots, one of which is taken by the address."""
        self.address = address
        self._slots: SharedOpenCount | None = slots

    def leave(self) -> None:
        """Free the slot, once."""
        if self._slots is not None:
            self._slots.free(self.address)
            self._slots = None


def too_many_unauthenticated(lack: Lack) -> Response:
    """Return the response that refuses a socket."""
    whose = "from your address" if lack is Lack.HOLDER else "on this server"
    message = (
        f"Too many unauthenticated sockets {whose}. Send connection_init on the open sockets, "
        f"and try again in {RETRY_SECONDS} seconds."
    )
    return PlainTextResponse(message, 503, headers={"Retry-After": str(RETRY_SECONDS)})


def mark_authenticated(scope: MutableMapping[str, Any]) -> None:
    """Mark a socket as authenticated: it no longer counts, and its frame rate rises."""
    socket = scope.get(_KEY)
    if isinstance(socket, UnauthenticatedSocket):
        socket.leave()
    raise_frame_rate(scope)
