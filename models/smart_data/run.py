"""What a worker does for a search: asks the sources that are on, notes how each answered, and ends it.

Nothing is locked while sources are asked, so everything is decided anew at the end.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import UUID

import orjson

from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.contact_data.redaction import Redacted
from models.outside.mail_exchange import MailAnswer, MailState
from models.outside.sources.source import LookUp, OutsideSource, Question, SourceAnswer
from models.process.wake import Wake
from models.smart_data.context import SmartDataContext
from models.smart_data.facts import SEARCH_SECONDS
from models.smart_data.finish import AddressCheck, end_failed, finish_search
from models.smart_data.locked_settings import lock_settings
from models.smart_data.mail_domains import kind_of, mail_domain, overrides
from models.smart_data.searched import Searched, searched_now
from models.smart_data.tables import AddressStatus, MailProviderKind
from rules.smart_data.smart_data_access import OPEN

Answered = Callable[[SourceAnswer], Awaitable[None]]


class Ask(Protocol):
    """Asks sources beside each other; never raises. `answered` is called as each of them ends."""

    async def __call__(
        self, sources: Collection[OutsideSource], question: Question, *, answered: Answered | None = None
    ) -> tuple[SourceAnswer, ...]:
        """Return what each source answered."""


@dataclass(frozen=True, slots=True)
class Outside:
    """How a worker asks: the sources, and DNS about the mail of a domain (None: it isn't asked)."""

    ask: Ask
    mail: Callable[[str], Awaitable[MailAnswer | None]] | None = None


_MAIL = {
    MailState.EXCHANGER: AddressStatus.TAKES_MAIL,
    MailState.ADDRESS_ONLY: AddressStatus.ADDRESS_ONLY,
    MailState.NULL_MX: AddressStatus.TAKES_NO_MAIL,
    MailState.NO_EXCHANGER: AddressStatus.TAKES_NO_MAIL,
    MailState.DOES_NOT_EXIST: AddressStatus.NO_SUCH_DOMAIN,
    MailState.RESERVED: AddressStatus.RESERVED,
}
_LISTED = {
    MailProviderKind.DISPOSABLE: AddressStatus.DISPOSABLE,
    MailProviderKind.MAIL_PROVIDER: AddressStatus.MAIL_PROVIDER,
}


@dataclass(frozen=True, slots=True, repr=False)
class _Task(Redacted):
    """`domain` is registrable, `mailed` what stands after the `@`, which may be a part of it."""

    question: Question
    domain: str
    mailed: str
    sources: frozenset[OutsideSource]


async def run_search(search_id: UUID, context: SmartDataContext, outside: Outside, wake: Wake) -> None:
    """Carry out a search once; nothing happens if it is unknown, is over, or is being carried out."""
    task = await _take(search_id, context, wake)
    if task is None:
        return
    checked = await _check_address(task, outside)
    answers = await outside.ask(task.sources, task.question, answered=partial(_note, search_id))
    await finish_search(search_id, context, wake, answers, checked)


async def _take(search_id: UUID, context: SmartDataContext, wake: Wake) -> _Task | None:
    """Claim a search and return what to ask; end it if the account may no longer look this up."""
    async with transaction() as conn:
        rows = await fetch(
            conn,
            """UPDATE smart_search SET taken_at = leadgate_clock()
               WHERE id = $1 AND state = 'RUNNING' AND taken_at IS NULL
                 AND asked_at > leadgate_clock() - $2::interval RETURNING account_id""",
            search_id,
            SEARCH_SECONDS,
        )
        if not rows:
            return None
        found = await searched_now(conn, context, search_id)
        settings = await lock_settings(conn, rows[0]["account_id"], shared=True)
    if found is None or found.view.access.verdict is not OPEN:
        await end_failed(search_id, wake)
        return None
    question = await _question(found)
    if question is None or found.domain is None:
        await end_failed(search_id, wake)
        return None
    mailed = None if question.email is None else mail_domain(question.email)
    return _Task(question, found.domain, mailed or found.domain, context.sources & settings.sources)


async def _question(found: Searched) -> Question | None:
    lead = found.lead
    if lead.contact is None:
        return None
    own = await _has_own_domain(found)
    if found.target.kind is LookUp.ORGANISATION:
        return Question(LookUp.ORGANISATION, None, found.domain, lead.country)
    return Question(LookUp.PERSON, lead.contact.email, found.domain if own else None, lead.country)


async def _has_own_domain(found: Searched) -> bool:
    """Return whether the domain says something about the person: that of a mail provider does not."""
    if found.domain is None:
        return False
    known = await overrides(connection(), [found.domain])
    return kind_of(found.domain, known.get(found.domain)) is MailProviderKind.NEITHER


async def _check_address(task: _Task, outside: Outside) -> AddressCheck:
    """Check the domain of the address by the lists and, if the account asks name servers, by DNS (S2.8)."""
    known = await overrides(connection(), [task.domain])
    now = await database_now(connection())
    listed = _LISTED.get(kind_of(task.domain, known.get(task.domain)))
    if listed is not None:
        return AddressCheck(listed, now)
    if outside.mail is None or OutsideSource.MAIL_DNS not in task.sources:
        return AddressCheck(AddressStatus.UNKNOWN, now)
    answer = await outside.mail(task.mailed)
    if answer is None or not answer.sure:  # a failure proves nothing
        return AddressCheck(AddressStatus.UNKNOWN, now)
    return AddressCheck(_MAIL[answer.state], now)


async def _note(search_id: UUID, answer: SourceAnswer) -> None:
    """Write how a source answered, for those who watch the search."""
    outcome: dict[str, object] = {"outcome": answer.outcome, "milliseconds": answer.milliseconds}
    await fetch(
        connection(),
        """UPDATE smart_search SET outcomes = outcomes || $2::jsonb
           WHERE id = $1 AND state = 'RUNNING'""",
        search_id,
        orjson.dumps({answer.source.value: outcome}).decode(),
    )
