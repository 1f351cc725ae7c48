"""The transport of one response, which writes the head together with the beginning of the body.

uvicorn writes each as it comes, which are two system calls, and wakes the client for the head alone.
"""

import asyncio

_CONTINUE = b"HTTP/1.1 100 "


class JoinedWrites(asyncio.Transport):
    """What uvicorn uses of a transport to write a response. The first write waits for the second, at most
    until the next turn of the loop.
    """

    __slots__ = ("_held", "_loop", "_passes", "_timer", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Take the connection's transport."""
        self._transport, self._loop = transport, loop
        self._held: bytes | None = None
        self._passes = False  # from the second write on
        self._timer: asyncio.Handle | None = None

    def write(self, data: bytes) -> None:  # type: ignore[override]
        """Hold the head back, or write what was held back together with more."""
        if self._passes:
            self._transport.write(data)
        elif self._held is None:
            self._held = data
            self._timer = self._loop.call_soon(self._flush)
        else:
            held, self._held, self._passes = self._held, None, True
            if self._timer is not None:
                self._timer.cancel()
            self._transport.writelines((held, data))

    def close(self) -> None:
        """Write what was held back, and close the connection."""
        self._flush()
        self._transport.close()

    def is_closing(self) -> bool:
        """Return whether the connection is closing."""
        return self._transport.is_closing()

    def _flush(self) -> None:
        held, self._held = self._held, None
        if held is None or self._transport.is_closing():
            return
        self._passes = not held.startswith(_CONTINUE)  # the head is still to come
        self._transport.write(held)
