"""`leadgate outside`: the public sources of contact data, and the copy of the registries' addresses."""

import asyncio
import json
import os

import typer

from settings.errors import FixableError

app = typer.Typer(help="Public sources of contact data.")

BOOTSTRAP = "https://data.iana.org/rdap/dns.json"
_MOST_BYTES = 2 << 20


class OutsideError(FixableError):
    """The addresses of the registries could not be renewed; the previous ones stay in use."""

    exit_code = 1


@app.command()
def sources() -> None:
    """List the public sources, whether they are on, and what asking them tells whom."""
    from rich.console import Console
    from rich.table import Table

    from models.outside.configured import sources_on
    from models.outside.sources.registry import SOURCES
    from settings import load

    on = sources_on(load())
    table = Table("source", "on", "what it tells whom", "terms")
    for name, source in SOURCES.items():
        table.add_row(name, "yes" if name in on else "no", source.tells.value.en, source.terms or "")
    Console(highlight=False).print(table)


@app.command("rdap-bootstrap")
def rdap_bootstrap() -> None:
    """Read the addresses of all registries from IANA, for the source RDAP; then restart the workers."""
    from models.outside.configured import RDAP_COPY, read_bootstrap
    from settings import load

    settings = load()
    content = asyncio.run(_read())
    try:
        registries = read_bootstrap(json.loads(content))
    except ValueError as error:
        raise OutsideError(f"{BOOTSTRAP}: {error}") from None
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = settings.var_dir / RDAP_COPY
    new = file.with_suffix(".new")
    with open(new, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as written:
        written.write(content)
    new.replace(file)
    print(f"{len(registries)} top-level domains have a registry with RDAP.")


async def _read() -> bytes:
    import httpx

    from models.outside.guard import Guard
    from models.outside.reading import read_answer
    from models.outside.resolver import system_resolver
    from models.outside.transport import Bounds, OutsideTransport, outside_client

    transport = OutsideTransport(Guard(system_resolver()), Bounds(seconds=30, most_bytes=_MOST_BYTES))
    async with outside_client(transport) as client:
        try:
            answer = await read_answer(
                client, BOOTSTRAP, accept="application/json", most_bytes=_MOST_BYTES, seconds=15
            )
        except httpx.HTTPError as error:
            raise OutsideError(f"{BOOTSTRAP}: {type(error).__name__}: {error}") from None
    if answer.status != httpx.codes.OK:
        raise OutsideError(f"{BOOTSTRAP}: status {answer.status}")
    return answer.body
