"""A SIP phone on loopback: a program that obeys lines of its input, and says what happens in JSON lines.

A process holds one stack, so each phone is one: `python -m tests.support.sip_phone USER PORT`. Calls are
numbered as they begin. Commands: `dial URI`, `answer N`, `reject N`, `hold N`, `transfer N M` (call N to the
other end of call M), `hangup N`, `quit`.
"""

import asyncio
import json
import sys

from baresip import BaresipError, Config, Runtime, UserAgent
from baresip.call import Call
from baresip.events import StackEvent

_TOLD = {
    "CALL_RINGING": "ringing",
    "CALL_ESTABLISHED": "established",
    "CALL_HOLD": "held",
    "CALL_CLOSED": "closed",
}


class Phone:
    """A phone with its calls by number."""

    def __init__(self, runtime: Runtime, agent: UserAgent) -> None:
        self._runtime, self._agent = runtime, agent
        self._calls: list[Call] = []
        self._early: dict[int, list[tuple[str, str]]] = {}  # what happened before a call has its number
        self._running: set[asyncio.Task[None]] = set()
        agent.on_incoming(self._comes_in)
        agent.on_transfer_call(self._transferred)
        runtime.subscribe(self._happened)

    def _add(self, what: str, call: Call) -> None:
        self._calls.append(call)
        say(what, len(self._calls), peer=call.peer or "")
        for told, text in self._early.pop(call.handle, ()):
            say(told, len(self._calls), text=text)

    def _comes_in(self, call: Call) -> None:
        self._add("incoming", call)

    def _transferred(self, call: Call) -> None:
        self._add("redialled", call)

    def _happened(self, event: StackEvent) -> None:
        told = _TOLD.get(event.event.name)
        if told is None or event.call is None:
            return
        handles = [call.handle for call in self._calls]
        if event.call in handles:
            say(told, handles.index(event.call) + 1, text=event.text or "")
        else:
            self._early.setdefault(event.call, []).append((told, event.text or ""))

    def obey(self, line: str) -> None:
        """Carry a command out beside the others."""
        task = asyncio.create_task(self._obey(*line.split()))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _obey(self, command: str, *words: str) -> None:
        try:
            if command == "dial":
                self._add("dialled", await self._agent.dial(words[0]))
                return
            calls = [self._calls[int(word) - 1] for word in words]
            if command == "transfer":
                await calls[0].attended_transfer(calls[1])
                say("put through", int(words[0]))
            else:
                await getattr(calls[0], command)()
        except BaresipError as error:
            say("failed", int(words[0]) if words[0].isdigit() else 0, text=f"{command}: {error}")


def say(what: str, call: int = 0, **more: str) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps({"event": what, "call": call, **more}) + "\n")
    sys.stdout.flush()


async def main(user: str, port: int) -> None:
    """Run a phone until it is told to quit, or its input ends."""
    runtime = Runtime()
    await runtime.start(Config(net_interface="127.0.0.1", extra_config_text=f"sip_listen 127.0.0.1:{port}\n"))
    try:
        account = f"<sip:{user}@127.0.0.1:{port}>;regint=0;catchall=yes"
        phone = Phone(runtime, await UserAgent.create(runtime, account, transfer_policy="auto"))
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        say("ready")
        while (line := (await reader.readline()).decode().strip()) not in {"", "quit"}:
            phone.obey(line)
    finally:
        await runtime.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
