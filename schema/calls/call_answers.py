"""Answers of the mutations of calls: the call as the viewer sees it, or the refusals."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.refusal import Sentence, Wording
from models.calls.call_views import AttemptView, CallView, attempts_by_id, calls_by_id
from models.calls.finish_call import FinishedCall
from models.calls.notices import Notice
from models.calls.record_transfer import RecordedTransfer
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """The call, or the refusals; `notices` of one that was finished, `attempt` of one that was recorded."""

    call: CallView | None = None
    attempt: AttemptView | None = None
    notices: Sequence[Notice] = ()
    warnings: Sequence[Sentence[Wording]] = ()
    user_errors: Sequence[RefusalView] = ()


async def call_answer(context: Context, action: Callable[[], Awaitable[UUID]]) -> CallAnswer:
    """Call an action that returns a call's id, and read the call."""
    try:
        call_id = await action()
    except REFUSED as error:
        return CallAnswer(user_errors=refused(error))
    return CallAnswer(await _call(context, call_id))


async def transfer_answer(context: Context, action: Callable[[], Awaitable[RecordedTransfer]]) -> CallAnswer:
    """Call an action that records an attempt, and read the call and the attempt."""
    try:
        recorded = await action()
    except REFUSED as error:
        return CallAnswer(user_errors=refused(error))
    found = await attempts_by_id(context.conn, context.viewer, [recorded.attempt_id])
    return CallAnswer(await _call(context, recorded.call_id), found.get(recorded.attempt_id))


async def finished_answer(context: Context, action: Callable[[], Awaitable[FinishedCall]]) -> CallAnswer:
    """Call an action that writes a note, and read the call."""
    try:
        finished = await action()
    except REFUSED as error:
        return CallAnswer(user_errors=refused(error))
    return CallAnswer(await _call(context, finished.id), notices=finished.notices, warnings=finished.warnings)


async def _call(context: Context, call_id: UUID) -> CallView | None:
    return (await calls_by_id(context.conn, context.viewer, [call_id])).get(call_id)
