"""`leadgate webhook`: a receiver for development, which prints events and checks their signatures."""

import asyncio
import os
from typing import Annotated

import typer

from settings.webhooks import LISTEN_PORT

DEMO_VENDOR = "vendor@demo.example"

app = typer.Typer(no_args_is_help=True, help="Receive webhooks during development.")


@app.callback()
def _group() -> None:
    """Receive webhooks during development."""


@app.command("listen")
def listen(
    email: Annotated[
        str,
        typer.Argument(metavar="EMAIL", help="The owner of the account whose events are sent here."),
    ] = DEMO_VENDOR,
    *,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port on 127.0.0.1.")] = LISTEN_PORT,
    count: Annotated[
        int | None, typer.Option(min=1, help="End after this many events instead of at Ctrl-C.")
    ] = None,
) -> None:
    """Create a webhook endpoint on this machine, print its events as they arrive, and delete it at the end.

    Workers must run, and WEBHOOK_PRIVATE_HOSTS must include the port; `leadgate run` with the demo allows the
    default. With WEBHOOK_SECRET in the environment, no endpoint is created: events that are signed with this
    secret are printed, wherever they come from.
    """
    given = os.environ.get("WEBHOOK_SECRET")
    try:
        if given:
            asyncio.run(_listen_with(given, port, count))
        else:
            _listen_as(email, port, count)
    except OSError as error:
        raise typer.BadParameter(f"cannot listen: {error.strerror}", param_hint="--port") from None


async def _listen_with(given: str, port: int, count: int | None) -> None:
    from models.messages.channels.webhook_signature import WebhookSecret
    from models.messages.webhooks.listen import listen as receive

    try:
        secret = WebhookSecret.parse(given)
    except ValueError as error:
        raise typer.BadParameter(f"{error}; set it in the environment", param_hint="WEBHOOK_SECRET") from None
    await receive(secret, port, typer.echo, count)


def _listen_as(email: str, port: int, count: int | None) -> None:
    from cli.audit_log import RefusedError, run
    from models.base.sealing import Sealer
    from models.messages.webhooks.listen import listen as receive
    from models.messages.webhooks.temporary import owner_with_email, temporary_endpoint
    from settings import load

    async def work() -> None:
        owner = await owner_with_email(email)
        if owner is None:
            raise RefusedError("EMAIL: no owner of a vendor's account has this address")
        async with temporary_endpoint(owner, Sealer(load().sealing_key()), port) as endpoint:
            await receive(endpoint.secret, port, typer.echo, count, ready=endpoint.send_test)

    run("webhook_listened", work)
