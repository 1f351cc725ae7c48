"""Two servers that are measured in turns, and the figures that compare them."""

from collections.abc import Sequence

from bench import client, processor
from bench.client import Load
from bench.figures import Figure, Options, median, percentile
from bench.serving import Server

CONNECTIONS = 8


class Side:
    """A server, its request, and the rounds so far."""

    def __init__(self, server: Server, words: bytes, *also: int, connections: int = CONNECTIONS) -> None:
        """Start without rounds; `also` are other processes whose time counts, such as PostgreSQL's."""
        self._server, self._words, self._also = server, words, also
        self._connections = connections
        self.loads: list[Load] = []
        self.processor: list[float] = []

    async def round(self, seconds: float) -> None:
        """Send requests for some seconds."""
        began = processor.seconds(self._server.pid, *self._also)
        load = await client.load(
            self._server.port, self._words, connections=self._connections, seconds=seconds
        )
        spent = processor.seconds(self._server.pid, *self._also) - began
        self.loads.append(load)
        self.processor.append(spent / len(load.latencies))

    def forget(self) -> None:
        """Forget the rounds so far."""
        self.loads.clear()
        self.processor.clear()

    @property
    def rate(self) -> float:
        """Requests per second."""
        return median([load.rate for load in self.loads])

    def milliseconds(self, share: float) -> float:
        """Return the time within which a share of the responses arrived: the median of the rounds."""
        return median([percentile(load.latencies, share) for load in self.loads]) * 1_000


async def in_turns(sides: Sequence[Side], options: Options) -> None:
    """Measure one after the other, several times; the first round warms up."""
    for number in range(1 + options.pick(7, 3)):
        for side in sides:
            await side.round(options.pick(4, 2))
            if not number:
                side.forget()


def relative(name: str, ours: Side, theirs: Side, *, least: float | None = None) -> list[Figure]:
    """Return one side relative to another: requests, processor time, and the slowest answers."""
    ratios = [one.rate / other.rate for one, other in zip(ours.loads, theirs.loads, strict=True)]
    spent = [other / one for one, other in zip(ours.processor, theirs.processor, strict=True)]
    late = [
        percentile(one.latencies, 0.99) / percentile(other.latencies, 0.99)
        for one, other in zip(ours.loads, theirs.loads, strict=True)
    ]
    return [
        Figure(name, median(ratios), "of its requests", least=least),
        Figure(
            "the same by processor time", median(spent), "of it", least=least, note="server and PostgreSQL"
        ),
        Figure("the same by p99", median(late), "times", most=None if least is None else 1.5),
    ]


def alone(name: str, side: Side) -> list[Figure]:
    """Return the figures of one side."""
    return [
        Figure(f"{name}: requests", side.rate, "per second"),
        Figure(f"{name}: p50", side.milliseconds(0.5), "ms"),
        Figure(f"{name}: p99", side.milliseconds(0.99), "ms"),
        Figure(f"{name}: processor time", median(side.processor) * 1000, "ms per request"),
    ]
