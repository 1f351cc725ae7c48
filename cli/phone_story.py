"""Calls that `leadgate phone ring` tells in a provider's own format, by signed requests to the server."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from cli.audit_log import RefusedError, run_with

if TYPE_CHECKING:
    from models.calls.phone.simulator import Simulated
    from models.calls.phone.stories import StoryCall
    from settings import Settings

_SECONDS = 5.0  # for one request


def ring_as(driver: str, story: str, dialled: str, caller: str, wanted: str | None, pace: float) -> None:
    """Tell a story as a provider tells it. Raises `RefusedError` for what cannot be told, or not be sent."""
    from models.base.public_id import public_id
    from models.calls.phone.drivers import PhoneDriver
    from models.calls.phone.stories import Story

    if driver.upper() not in PhoneDriver.__members__:
        raise typer.BadParameter(f"must be {', '.join(PhoneDriver)}", param_hint="--driver")
    if story.lower() not in set(Story):
        raise typer.BadParameter(f"must be {', '.join(Story)}", param_hint="--story")
    told_by, told = PhoneDriver(driver.upper()), Story(story.lower())

    async def prepare(settings: "Settings") -> "tuple[Simulated, StoryCall, str]":
        from models.calls.phone.address import webhook_url
        from models.calls.phone.simulator import plan_call, simulated_system
        from models.messages.channels.configured import sending_context
        from models.process.wake import Silence

        call = await plan_call(dialled=dialled, caller=caller, wanted=wanted)
        sealer = sending_context(settings, Silence()).sealer
        system = await simulated_system(sealer, told_by, call.dialled)
        return system, call, webhook_url(settings.origin, system.system_id)

    system, call, url = run_with(
        "phone_story",
        prepare,
        lambda made: {"system": public_id("PhoneSystem", made[0].system_id), "story": told},
    )
    typer.echo(f"{told_by} reports to {url}")
    _send(told_by, told, system.key, call, url, pace)


def _send(driver: str, story: str, key: str, call: "StoryCall", url: str, pace: float) -> None:
    import httpx

    from models.calls.phone.drivers import PhoneDriver
    from models.calls.phone.signing import signed_headers
    from models.calls.phone.stories import Story, tell, without_caller

    with httpx.Client(timeout=_SECONDS, trust_env=False) as client:
        for said in tell(PhoneDriver(driver), Story(story), call):
            time.sleep(said.pause * pace)
            headers = signed_headers(PhoneDriver(driver), key, said.body, datetime.now(UTC), url)
            try:
                response = client.post(url, content=said.body, headers=dict(headers))
            except httpx.TransportError:
                raise RefusedError(f"{url}: no server answers there; start it with `leadgate run`") from None
            typer.echo(f"{response.status_code}  {without_caller(said.body, call)}")
            if response.status_code != httpx.codes.OK:
                raise RefusedError(f"{url}: answered {response.status_code}")
