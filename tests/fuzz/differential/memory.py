"""`python -m tests.fuzz.differential.memory`: sends many requests of many distinct documents to the
application, and prints its memory and how full its caches are along the way.

As with real clients, some documents are sent more often than others: the n-th has a weight of 1/n. All of
them together do not fit the cache of documents, so the rare ones are read, validated and planned again. The
database's server and Redis run in processes of their own.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from itertools import accumulate
from random import Random

import uvloop

from models.process.gc_tuning import look_less_often
from tests.fuzz.differential.answers import Headers, send
from tests.fuzz.differential.arguments import Arguments
from tests.fuzz.differential.caches import Caches, resident
from tests.fuzz.differential.documents import Writer
from tests.fuzz.differential.market import Market
from tests.fuzz.differential.running import say, silent, standing
from tests.support.schemas import SDL_SCHEMA

# The rate limit counts everything and refuses nothing.
RATE = {"rate_limit_cost_per_minute": 100_000_000, "rate_limit_burst": 100_000_000}
AT_ONCE = 8  # requests in progress


def main() -> int:
    """Send the requests."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.differential.memory", description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000_000)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--lines", type=int, default=20, help="lines of progress")
    parser.add_argument("--fields", type=int, default=0, help="only documents with at most so many fields")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    silent()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as the server's
        runner.run(_run(given.requests, given.documents, given.lines, given.seed, given.fields))
    return 0


async def _run(requests: int, documents: int, lines: int, seed: int, fields: int) -> None:
    async with standing(**RATE) as market:
        asked = written(market, documents, seed, fields)
        text = sum(len(body) for _, body in asked) / 2**20
        say(f"{requests:,} requests of {documents:,} distinct documents ({text:.1f} MiB)")
        caches = Caches()
        look_less_often()
        random, began = Random(seed), time.monotonic()
        weights = list(accumulate(1 / (rank + 1) for rank in range(len(asked))))
        step = max(requests // lines, 1)
        sent = 0

        async def client() -> None:
            nonlocal sent
            while sent < requests:
                sent += 1
                number = sent
                await send(market.api.app, *random.choices(asked, cum_weights=weights)[0])
                if number % step == 0:
                    took, size = time.monotonic() - began, resident() / 2**20
                    entries = caches.sizes().total()
                    say(f"{number:>9,} requests, {took:6.0f} s, {size:7.1f} MiB, {entries:,} entries cached")

        await asyncio.gather(*(client() for _ in range(AT_ONCE)))
        for name, count in sorted(caches.sizes().items()):
            if count:
                say(f"    {count:>7,} {name}")


def written(market: Market, count: int, seed: int, fields: int = 0) -> Sequence[tuple[Headers, bytes]]:
    """Write distinct documents as requests: headers, with the token of somebody, and body. With at most so
    many fields, if it is not 0: long documents take a hundred times as long.
    """
    writer = Writer(SDL_SCHEMA, Arguments(market.known))
    texts: dict[str, tuple[Headers, bytes]] = {}
    number = 0
    while len(texts) < count:
        random = Random(f"{seed} {number}")
        document = writer.document(random)
        number += 1
        if fields and len(document.spots) > fields:
            continue
        denied = market.denied
        able = [name for name in market.tokens if not denied[name] & document.roots] or list(market.tokens)
        token = market.tokens[random.choice(able)]
        headers: Headers = [(b"host", b"api.test"), (b"content-type", b"application/json")]
        headers += [(b"authorization", f"Bearer {token}".encode())] if token else []
        body: dict[str, object] = {"query": document.text, "variables": document.variables(random)}
        if document.operations:
            body["operationName"] = document.operations[0]
        texts[document.text] = headers, json.dumps(body).encode()
    return list(texts.values())


if __name__ == "__main__":
    sys.exit(main())
