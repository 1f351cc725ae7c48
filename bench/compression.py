"""Benchmark of compressing responses: time and size by coding and level, for leads and for the schema."""

import time
import zlib
from collections.abc import Callable, Iterator

import brotli
import orjson
from graphql import get_introspection_query

from bench.figures import Benchmark, Figure, Options, median
from schema import build_schema
from schema.http.compression import BROTLI_LEVEL, GZIP_LEVEL

GZIP = 16 + zlib.MAX_WBITS
LEADS = 100


def _leads(count: int) -> bytes:
    """A page of leads whose ids, cursors and times differ and whose words repeat, as in a real list."""
    nodes = [
        {
            "cursor": f"WyJORVdFU1QiLCJkMWI1M2IyYmViNTYiLCIyMDI2{number * 7919:040x}",
            "node": {
                "id": f"TGVhZDowMWEyMjI2ZTE4{number * 104729:028x}",
                "title": ("Website relaunch", "Tax adviser", "Office cleaning")[number % 3],
                "category": "Sales leads",
                "city": ("Denver", "Austin", "Tampa", "Boise")[number % 4],
                "country": "US",
                "budgetMin": 1_000 * (number % 9),
                "budgetMax": None,
                "currency": "USD",
                "fee": 10,
                "source": "IMPORT",
                "publishedAt": f"2026-11-28T13:52:50.{number * 997 % 1_000_000:06}Z",
                "closesAt": None,
                "offer": None,
                "market": {"id": "TWFya2V0OjAxYTIyMjZj", "code": "demo", "name": "Demo"},
                "application": None,
                "visibility": {
                    "verdict": "HIDDEN",
                    "message": "The vendor has neither applied for this lead nor received it.",
                    "changesAt": None,
                    "changesTo": None,
                },
            },
        }
        for number in range(count)
    ]
    return orjson.dumps({"data": {"leads": {"edges": nodes, "pageInfo": {"hasNextPage": True}}}})


def _gzip(level: int) -> Callable[[bytes], bytes]:
    def compress(content: bytes) -> bytes:
        stream = zlib.compressobj(level, zlib.DEFLATED, GZIP)
        return stream.compress(content) + stream.flush()

    return compress


def _brotli(level: int) -> Callable[[bytes], bytes]:
    return lambda content: brotli.compress(content, mode=brotli.MODE_TEXT, quality=level)


def _codings() -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    for level in (1, GZIP_LEVEL, 6, 9):
        yield f"gzip {level}", _gzip(level)
    for level in (1, BROTLI_LEVEL, 5, 9):
        yield f"brotli {level}", _brotli(level)


async def run(options: Options) -> list[Figure]:
    """Compress each response in each way; the median of several times."""
    schema = (await build_schema().execute(get_introspection_query())).data
    contents = {
        "1 lead": _leads(1),
        f"{LEADS} leads": _leads(LEADS),
        "the schema": orjson.dumps({"data": schema}),
    }
    figures = []
    for name, content in contents.items():
        for coding, compress in _codings():
            seconds = []
            for _ in range(options.pick(50, 5)):
                began = time.perf_counter()
                compressed = compress(content)
                seconds.append(time.perf_counter() - began)
            share = f"{len(content):,} bytes become {len(compressed):,}"
            figures.append(Figure(f"{name}: {coding}", median(seconds) * 1000, "ms", note=share))
    return figures


BENCHMARK = Benchmark(
    "compression",
    "Compression of responses",
    "Time and size by coding and level, in one thread; the server uses "
    f"brotli {BROTLI_LEVEL} and gzip {GZIP_LEVEL}.",
    run,
)
