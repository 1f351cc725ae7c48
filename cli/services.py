"""`leadgate serve`, `worker`, `seed` and `run`."""

import asyncio
from collections.abc import Callable
from typing import Annotated

import typer

DemoAnyway = Annotated[
    bool,
    typer.Option(
        "--demo-anyway",
        help="Seed the demo even if other machines can reach the server or the database contains other "
        "data. The demo users have a publicly known password.",
    ),
]

app = typer.Typer()


# Given by the parent of several processes to each of them.
Pipe = Annotated[int | None, typer.Option("--ready-pipe", hidden=True, help="Where to say that it is ready.")]
_ANY = "0 for one per processor core. SIGHUP replaces them one after the other."


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Overrides HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Overrides PORT.")] = None,
    processes: Annotated[
        int | None, typer.Option(min=0, max=1024, help=f"Run this many processes on the port; {_ANY}")
    ] = None,
    listen_on: Annotated[list[int] | None, typer.Option(hidden=True, help="Open sockets.")] = None,
    ready_pipe: Pipe = None,
    *,
    replaces: Annotated[bool, typer.Option("--replaces", hidden=True)] = False,
) -> None:
    """Run a server."""
    from supervision.metrics import claim_place

    claim_place()  # before anything makes a metric
    from settings import load, logs

    given = {"host": host, "port": port}
    wanted = load(**{name: value for name, value in given.items() if value is not None})
    logs.configure(wanted.log_level, wanted.log_format)
    if processes is not None:
        from cli.processes import keep_serving

        raise typer.Exit(keep_serving(wanted, processes))
    import socket

    import server
    from cli.before_start import look_before_start
    from cli.connect import connected
    from supervision.listening import refuse_used_port

    if listen_on is None:
        refuse_used_port(wanted.host, wanted.port)
    with connected(wanted) as settings:
        asyncio.run(look_before_start(settings, "serve"))
        server.serve(
            settings,
            sockets=[socket.socket(fileno=number) for number in listen_on] if listen_on else None,
            ready=_saying(ready_pipe),
            replaces=replaces,
        )


@app.command()
def worker(
    processes: Annotated[
        int | None, typer.Option(min=0, max=1024, help=f"Run this many processes; {_ANY}")
    ] = None,
    ready_pipe: Pipe = None,
) -> None:
    """Run a worker, which carries out due deadlines and reconciles the ledger every night."""
    from supervision.metrics import claim_place

    claim_place()
    from settings import load, logs

    wanted = load()
    logs.configure(wanted.log_level, wanted.log_format)
    if processes is not None:
        from cli.processes import keep_working

        raise typer.Exit(keep_working(wanted, processes))
    import jobs.worker
    from cli.before_start import look_before_start
    from cli.connect import connected

    with connected(wanted) as settings:
        asyncio.run(look_before_start(settings, "worker"))
        jobs.worker.run(settings, _saying(ready_pipe) or (lambda: None))


def _saying(pipe: int | None) -> Callable[[], None] | None:
    from supervision.processes import say_ready

    return None if pipe is None else lambda: say_ready(pipe)


@app.command()
def world() -> None:
    """Run the demo world: web sites, DNS and public services of the demo's contacts, on this machine only.

    `leadgate run` starts it with the demo. Nothing outside can reach it, and it asks nothing outside.
    """
    from embedded.world.server import serve as serve_world
    from settings import load

    settings = load()
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.run(serve_world(settings.var_dir))


@app.command()
def seed(*, demo_anyway: DemoAnyway = False) -> None:
    """Seed the demo marketplace into an empty database, or update an existing demo."""
    from cli.connect import connected
    from cli.demo import Demo
    from cli.demo import seed as lay_demo
    from settings import load

    demo = Demo.ANYWAY if demo_anyway else Demo.WHERE_SAFE
    with connected(load()) as settings:
        asyncio.run(lay_demo(settings, demo))


@app.command()
def run(
    *,
    demo_anyway: DemoAnyway = False,
    no_demo: Annotated[bool, typer.Option("--no-demo", help="Do not seed the demo.")] = False,
    die_with_parent: Annotated[
        bool, typer.Option("--die-with-parent", hidden=True, help="Exit when the parent process dies.")
    ] = False,
) -> None:
    """Start the services, migrate, seed the demo, and run a server and a worker until Ctrl-C."""
    if demo_anyway and no_demo:
        raise typer.BadParameter("cannot be combined with --demo-anyway", param_hint="--no-demo")
    from rich.console import Console

    from cli import launch
    from cli.demo import Demo
    from settings import load, logs
    from supervision.listening import refuse_used_port
    from supervision.process import follow_parent
    from supervision.programs import Stopped, stoppable

    console = Console(highlight=False)
    try:
        with stoppable():
            if die_with_parent:
                follow_parent()
            settings = load()
            logs.configure(settings.log_level, settings.log_format)
            refuse_used_port(settings.host, settings.port)
            demo = Demo.WHERE_SAFE
            if demo_anyway or no_demo:
                demo = Demo.ANYWAY if demo_anyway else Demo.NEVER
            raise typer.Exit(launch.run(settings, console, demo))
    except Stopped:
        console.print("Stopped.")
