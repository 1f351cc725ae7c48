"""`leadgate phone`: calls for development, which ring without a telephone system."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from cli.audit_log import RefusedError, run_with

if TYPE_CHECKING:
    from models.calls.ring import Rung
    from models.process.wake import Wake
    from settings import Settings

# The call of the demo: a VIP of its vendor, for an employee with a deputy. Its numbers reach nobody.
DEMO_NUMBER = "+493023125100"
DEMO_CALLER = "+493023125417"
DEMO_WANTED = "Tomas Reinholt"

app = typer.Typer(no_args_is_help=True, help="Let calls ring without a telephone system.")

_T = TypeVar("_T")


@app.command("ring")
def ring(
    *,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER",
            help="The number that is dialled: one that a secretariat answers. By default, the demo's, for "
            f"{DEMO_WANTED} unless somebody else is asked for.",
        ),
    ] = None,
    caller: Annotated[
        str, typer.Option("--from", metavar="NUMBER", help="The caller's number; `anonymous` withholds it.")
    ] = DEMO_CALLER,
    wanted: Annotated[
        str | None, typer.Option(metavar="NAME", help="First and last name of the employee who is asked for.")
    ] = None,
    driver: Annotated[
        str | None,
        typer.Option(
            metavar="DRIVER",
            help="Tell it as a provider does (GENERIC, SIPGATE, TWILIO, PLACETEL), in signed requests to the "
            "server that runs.",
        ),
    ] = None,
    story: Annotated[
        str | None,
        typer.Option(
            metavar="STORY",
            help="What becomes of it: transferred (by default, with --driver), busy, abandoned, voicemail or "
            "silent.",
        ),
    ] = None,
    pace: Annotated[
        float, typer.Option(min=0, max=60, help="How fast a story goes: 0 without pauses, 2 half as fast.")
    ] = 1.0,
) -> None:
    """Let a call ring at a company, as a telephone system would. Nobody is called: no telephone is involved.

    The call is real for everything else: it is listed, counted, and its employees are notified.
    """
    if driver is not None or story is not None:
        from cli.phone_story import ring_as

        number, name = (DEMO_NUMBER, wanted or DEMO_WANTED) if to is None else (to, wanted)
        ring_as(driver or "GENERIC", story or "transferred", number, caller, name, pace)
        return
    from models.base.public_id import public_id
    from models.calls.ring import ring as let_ring

    dialled, asked_for = (DEMO_NUMBER, wanted or DEMO_WANTED) if to is None else (to, wanted)

    async def work(wake: "Wake") -> "Rung":
        return await let_ring(wake, dialled=dialled, caller=caller, wanted=asked_for)

    rung = run_with("phone_rung", _with_wake(work), lambda rung: {"call": public_id("Call", rung.id)})
    call_id = public_id("Call", rung.id)
    typer.echo(f"Ringing: {rung.company} ({rung.dialled}), caller {rung.caller.shown or 'withheld'}.")
    typer.echo(f"Call {call_id}; if nobody answers, it is closed at {rung.closes_at:%H:%M:%S} UTC.")
    typer.echo("Agents see it in `callBoard` and `callUpdates`. To answer, sign in as one and run:")
    answer = f'callAnswer(input: {{ callId: "{call_id}" }}) {{ call {{ id script {{ greeting }} }} }}'
    typer.echo(f"  mutation {{ {answer} }}")
    typer.echo(f"To hang up: leadgate phone hang-up {call_id}")


@app.command("bridge")
def bridge() -> None:
    """Connect Asterisk 20 or later: it reports its calls, and attempts to put them through are dialled.

    A client of the API, set up by the environment: docs/telephony.md lists the variables.
    """
    from clients.phone_bridge.__main__ import main

    main()


@app.command("hang-up")
def hang_up(
    call: Annotated[str, typer.Argument(metavar="CALL", help="The call's id, from `leadgate phone ring`.")],
) -> None:
    """Let the caller of a call hang up."""
    from models.base.public_id import row_id_of
    from models.calls.ring import hang_up as put_down

    call_id = row_id_of(call, "Call")
    if call_id is None:
        raise typer.BadParameter("not the id of a call", param_hint="CALL")

    async def work(wake: "Wake") -> None:
        if not await put_down(wake, call_id):
            raise RefusedError("CALL: no call that `leadgate phone ring` began has this id")

    run_with("phone_hung_up", _with_wake(work), lambda _: {"call": call})
    typer.echo("The caller has hung up.")


def _with_wake(
    work: Callable[["Wake"], Coroutine[Any, Any, _T]],
) -> Callable[["Settings"], Coroutine[Any, Any, _T]]:
    """Give the work the wake-ups of a server that runs: its subscribers see the change immediately."""

    async def with_settings(settings: "Settings") -> _T:
        from models.process.redis_pool import open_redis
        from models.process.wake import RedisWake

        async with open_redis(settings.redis_dsn) as redis, RedisWake(redis) as wake:
            return await work(wake)

    return with_settings
