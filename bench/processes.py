"""Benchmark of several processes on one port: requests of two against one, and how they share connections."""

from datetime import UTC, datetime
from pathlib import Path

from bench import client, environment, serving
from bench.cases import load_cases
from bench.data import load_marketplace, loading
from bench.figures import Benchmark, Figure, Options, median, ratio
from bench.list_query import CASES, LEADS, VENDORS, asking
from supervision.processes import cores

CONNECTIONS = 16
WARM_UP_SECONDS = 1


async def run(options: Options) -> list[Figure]:
    """Measure alternately: one process, two, one …"""
    with environment.services() as pair:
        url = await environment.make_database(pair, "processes")
        async with loading(url, leads=LEADS) as connection:
            await load_marketplace(connection, leads=LEADS, vendors=VENDORS, now=datetime.now(UTC))
            await load_cases(connection, CASES)
        words, seconds = asking(), options.pick(4, 2)
        rates: dict[int, list[float]] = {1: [], 2: []}
        shares = []
        async with (
            serving.running(pair, url, ("cli", "serve", "--processes", "1")) as one,
            serving.running(pair, url, ("cli", "serve", "--processes", "2")) as two,
        ):
            for number in range(1 + options.pick(7, 3)):
                for count, server in ((1, one), (2, two)):
                    before = _of_children(server.pid)
                    load = await client.load(
                        server.port,
                        words,
                        connections=CONNECTIONS,
                        seconds=seconds if number else WARM_UP_SECONDS,
                    )
                    if not number:
                        continue
                    rates[count].append(load.rate)
                    spent = [now - then for now, then in zip(_of_children(server.pid), before, strict=True)]
                    if count == 2:
                        shares.append(max(spent) / sum(spent))
    here = f"{cores()} cores, which PostgreSQL and the clients use as well"
    return [
        Figure("requests of two processes relative to one", ratio(rates[2], rates[1]), "of one", note=here),
        Figure("one process: requests", median(rates[1]), "per second"),
        Figure("two processes: requests", median(rates[2]), "per second"),
        Figure("processor time of the busier of the two", median(shares), "of both", note="0.5 is even"),
    ]


def _of_children(pid: int) -> list[float]:
    """Return the processor time of each child of a process, in seconds."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [serving.Server(0, int(child)).cpu_seconds() for child in children]


BENCHMARK = Benchmark(
    "processes",
    "Several processes on one port",
    f"The page of the list query, as above, on {CONNECTIONS} connections to "
    "`leadgate serve --processes 1` and `2`, whose processes accept from the same sockets.",
    run,
)
