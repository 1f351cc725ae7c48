"""`leadgate outbox`: what was sent, what was given up, and reports of mail servers."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli.audit_log import run
from cli.listing import AsJson, show
from models.messages.tables import DispatchState

if TYPE_CHECKING:
    from models.base.viewer import Viewer
    from models.messages.list import AttemptView, DispatchView
    from rules.messages.bounce import BounceVerdict

app = typer.Typer(no_args_is_help=True, help="Show and repeat messages that the marketplace sends.")

Id = Annotated[
    str, typer.Argument(metavar="DISPATCH", help="The dispatch's id, from `leadgate outbox list`.")
]


@dataclass(frozen=True, slots=True)
class ListedDispatch:
    """A dispatch, in one line."""

    id: UUID
    template: str
    channel: str
    state: str
    recipient: str
    address: str | None
    written: datetime
    next_attempt: datetime | None
    attempts: int


@app.command("list")
def list_dispatches(
    *,
    state: Annotated[
        list[DispatchState] | None,
        typer.Option(case_sensitive=False, help="Only this state; can be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many, newest first.")] = 50,
    json: AsJson = False,
) -> None:
    """List dispatches, newest first."""
    show(run("dispatches_listed", lambda: _list(tuple(state or ()), limit)), "Dispatch", json=json)


@app.command("show")
def show_dispatch(dispatch: Id) -> None:
    """Show a dispatch: its decisions, its attempts, and what it would say now."""
    dispatch_id = _row_id(dispatch)
    for line in run("dispatch_shown", lambda: _show(dispatch_id)):
        typer.echo(line)


@app.command("retry")
def retry_dispatches(
    dispatches: Annotated[
        list[str] | None, typer.Argument(metavar="DISPATCH", help="The dispatches' ids.")
    ] = None,
    *,
    failed: Annotated[
        bool,
        typer.Option(
            "--failed",
            help="All that were given up after attempts that failed, or wait for their next attempt.",
        ),
    ] = False,
) -> None:
    """Send dispatches again that were given up, are uncertain, or were suppressed after a bounce."""
    from models.messages.retry_dispatches import retry_by_command, retry_failed

    if failed is bool(dispatches):
        raise typer.BadParameter("specify either dispatches or --failed", param_hint="DISPATCH")
    if not dispatches:
        count = run("dispatches_retried", retry_failed, lambda count: {"dispatches": f"{count} that failed"})
        typer.echo(f"Dispatches to be sent again: {count}.")
        return
    ids = [_row_id(one) for one in dispatches]
    run("dispatches_retried", lambda: retry_by_command(ids), lambda _: {"dispatches": " ".join(dispatches)})
    typer.echo(f"Dispatches to be sent again: {len(set(ids))}.")


@app.command("bounce")
def bounce() -> None:
    """Read a mail server's report (message/rfc822) from standard input, and carry it out."""
    from models.messages.bounce_report import LONGEST

    content = sys.stdin.buffer.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise typer.BadParameter(f"the report is larger than {LONGEST} bytes", param_hint="stdin")
    verdict = run("bounce_read", lambda: _bounce(content), lambda verdict: {"verdict": verdict.value})
    typer.echo(f"Report read: {verdict.value}.")


def _row_id(text: str) -> UUID:
    from models.base.public_id import row_id_of

    found = row_id_of(text, "Dispatch")
    if found is None:
        raise typer.BadParameter("not the id of a dispatch", param_hint="DISPATCH")
    return found


def _operator() -> "Viewer":
    from models.base.role import Role
    from models.base.viewer import Viewer

    return Viewer(roles=frozenset({Role.OPERATOR}))


async def _list(states: tuple[DispatchState, ...], limit: int) -> list[ListedDispatch]:
    from models.base.database import connection
    from models.base.keyset import Slice
    from models.messages.list import DispatchFilter
    from models.messages.list import list_dispatches as read

    page = await read(connection(), _operator(), Slice(limit), DispatchFilter(states))
    return [
        ListedDispatch(
            view.id,
            view.template,
            view.channel,
            view.state,
            _recipient(view),
            view.address_hint,
            view.created_at,
            view.next_attempt_at,
            view.attempt_count,
        )
        for view in page.items
    ]


def _recipient(view: "DispatchView") -> str:
    return ", ".join(name for name in (view.name, view.company, view.endpoint) if name) or "The prospect"


async def _show(dispatch_id: UUID) -> list[str]:
    from models.base.database import connection
    from models.messages.channels.configured import configured_channels, sending_context
    from models.messages.list import attempts_of, dispatches_by_id
    from models.messages.previews import decisions_now, previews_of
    from models.messages.refusals import MessageRefusal
    from models.policies.decisions import decisions_by_id
    from models.process.wake import Silence
    from settings import load

    conn, viewer, settings = connection(), _operator(), load()
    view = (await dispatches_by_id(conn, viewer, [dispatch_id])).get(dispatch_id)
    if view is None:
        raise MessageRefusal.DISPATCH_NOT_FOUND.at("dispatch")
    context = sending_context(settings, Silence())
    recorded = await decisions_by_id(conn, {view.decision_id, view.retry_decision_id} - {None})  # type: ignore[arg-type]
    decision = (recorded.get(view.decision_id) if view.decision_id else None) or (
        await decisions_now(conn, context, [dispatch_id])
    )[dispatch_id]
    retry = recorded.get(view.retry_decision_id) if view.retry_decision_id else None
    attempts = (await attempts_of(conn, viewer, [dispatch_id])).get(dispatch_id, ())
    channels = configured_channels(settings, context)
    preview = (await previews_of(conn, viewer, context, channels, [dispatch_id])).get(dispatch_id)
    hidden = {"id", "decision_id", "retry_decision_id", "subject_id", "about"}
    lines = [
        f"{name.replace('_', ' ')}: {value}"
        for name, value in asdict(view).items()
        if name not in hidden and value is not None
    ]
    lines.append(f"decision: {decision.verdict} ({decision.rule_id}): {decision.reason}")
    if retry is not None:
        lines.append(f"after the last attempt: {retry.verdict} ({retry.rule_id}): {retry.reason}")
    lines += _attempt_lines(attempts)
    if preview is not None:
        lines += ["", *([preview.subject, ""] if preview.subject else []), preview.text]
    return lines


def _attempt_lines(attempts: "Sequence[AttemptView]") -> list[str]:
    return [
        f"attempt {one.number}: {one.started_at.isoformat()} "
        + " ".join(filter(None, (one.outcome or "in progress", one.code, one.detail)))
        for one in attempts
    ]


async def _bounce(content: bytes) -> "BounceVerdict":
    from models.messages.bounce_report import read_report
    from models.messages.bounces import take_report
    from models.messages.channels.configured import sending_context
    from models.process.wake import Silence
    from settings import load

    return await take_report(sending_context(load(), Silence()), read_report(content))
