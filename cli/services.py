"""`leadgate serve`, `worker`, `seed` and `run`."""

import asyncio
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


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Overrides HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Overrides PORT.")] = None,
) -> None:
    """Run a server."""
    from settings import load, logs

    given = {"host": host, "port": port}
    wanted = load(**{name: value for name, value in given.items() if value is not None})
    import server
    from cli.before_start import look_before_start
    from cli.connect import connected
    from embedded.supervisor import refuse_used_port

    logs.configure(wanted.log_level, wanted.log_format)
    refuse_used_port(wanted.host, wanted.port)
    with connected(wanted) as settings:
        asyncio.run(look_before_start(settings, "serve"))
        server.serve(settings)


@app.command()
def worker() -> None:
    """Run a worker, which carries out due deadlines and reconciles the ledger every night."""
    from settings import load, logs

    wanted = load()
    import jobs.worker
    from cli.before_start import look_before_start
    from cli.connect import connected

    logs.configure(wanted.log_level, wanted.log_format)
    with connected(wanted) as settings:
        asyncio.run(look_before_start(settings, "worker"))
        jobs.worker.run(settings)


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
    from embedded.process import follow_parent
    from embedded.supervisor import Stopped, refuse_used_port, stoppable
    from settings import load, logs

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
