"""`python -m bench`: runs the chosen benchmarks, prints the figures and writes them."""

import asyncio
import gc
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from bench import (
    advice,
    answering,
    boards,
    calendars,
    call_statistics,
    calls,
    chat,
    chat_delivery,
    closing,
    compression,
    console,
    contacting,
    deadlines,
    decision_log,
    decisions,
    deployments,
    edge,
    employee_calendars,
    growth,
    imports,
    list_query,
    masking,
    mercurius_list,
    outside,
    pages,
    permissions,
    phone_events,
    placements,
    processes,
    pushes,
    replication,
    report,
    reveals,
    scale,
    sending,
    smart_data,
    webhooks,
)
from bench.figures import Benchmark, Figure, Options
from models.process.gc_tuning import look_less_often

ALL = {
    one.BENCHMARK.name: one.BENCHMARK
    for one in (
        list_query,
        edge,
        pages,
        processes,
        deployments,
        mercurius_list,
        decisions,
        decision_log,
        deadlines,
        reveals,
        growth,
        scale,
        replication,
        compression,
        sending,
        pushes,
        calendars,
        employee_calendars,
        webhooks,
        calls,
        answering,
        closing,
        contacting,
        smart_data,
        chat,
        chat_delivery,
        call_statistics,
        boards,
        imports,
        masking,
        permissions,
        phone_events,
        placements,
        outside,
        advice,
        console,
    )
}


def main(
    names: Annotated[
        list[str] | None, typer.Argument(help=f"Benchmarks to run ({', '.join(ALL)}); all if omitted.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Run shorter benchmarks, for a first impression.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the results to RESULTS.md.")] = False,
) -> None:
    """Run benchmarks, print the figures and, with --write, store them."""
    unknown = set(names or ()) - set(ALL)
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: choose from {', '.join(ALL)}")
    console, options = Console(highlight=False), Options(quick=quick)
    # A collection of all that is imported here takes 50 ms, in which nobody notes when an answer arrived.
    look_less_often((20_000, 10, 1_000))
    results: dict[str, tuple[Benchmark, list[Figure]]] = {}
    for benchmark in [ALL[name] for name in names or ALL]:
        console.print(f"{benchmark.title} ...")
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            figures = runner.run(benchmark.run(options))
        gc.collect()
        results[benchmark.name] = benchmark, figures
        report.show(console, benchmark, figures)
    if write:
        report.write(results, options)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
