"""`leadgate health`: whether a server on this machine is ready, for containers and service managers."""

import http.client
import json
import time
from typing import Annotated

import typer

SECONDS = 5.0  # for an answer; a server needs half a second
PAUSE_SECONDS = 0.2

app = typer.Typer()


@app.command()
def health(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Overrides PORT.")] = None,
    wait: Annotated[
        float, typer.Option(min=0, max=3_600, help="Wait this many seconds at most until it is ready.")
    ] = 0,
    *,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help="Only ask whether the process responds, also while its database is away."
        ),
    ] = False,
) -> None:
    """Ask a server on this machine whether it is ready; exit with 1 if not."""
    from settings import load
    from supervision.listening import local

    settings = load(**({"port": port} if port is not None else {}))
    until = time.monotonic() + wait
    while True:
        well, text = _ask(local(settings.host), settings.port, "/healthz" if live else "/readyz")
        if well or time.monotonic() >= until:
            break
        time.sleep(PAUSE_SECONDS)
    typer.echo(text, err=not well)
    raise typer.Exit(0 if well else 1)


def _ask(host: str, port: int, path: str) -> tuple[bool, str]:
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        json.loads(text)  # something else may listen on this port
    except (OSError, http.client.HTTPException, ValueError) as error:
        return False, f"no answer from port {port}: {type(error).__name__}"
    finally:
        connection.close()
    return answer.status == http.client.OK, text
