"""What a worker does for a search: asks the sources that are on, notes how each answered, and ends it.

Nothing is locked while sources are asked, so everything is decided anew at the end.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import UUID

import orjson

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
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
    """`domain` is registrable, `mailed` what stands after the `@`, which may be a part of it; `kind` is what
    the lists and operators say of the domain. `seconds` are left until the search is over.
    """

    question: Question
    domain: str
    mailed: str
    kind: MailProviderKind
    sources: frozenset[OutsideSource]
    seconds: float


async def account_of_search(search_id: UUID) -> UUID | None:
    """Return whose a search is, None if it is unknown."""
    row = await fetch_one(connection(), "SELECT account_id FROM smart_search WHERE id = $1", search_id)
    return None if row is None else row["account_id"]


async def run_search(search_id: UUID, context: SmartDataContext, outside: Outside, wake: Wake) -> None:
    """Carry out a search once; nothing happens if it is unknown, is over, or is being carried out.

    If it is over before all have answered, nobody else is asked.
    """
    task = await _take(search_id, context, wake)
    if task is None:
        return
    try:
        async with asyncio.timeout(task.seconds):
            checked = await _check_address(task, outside)
            answers = await outside.ask(task.sources, task.question, answered=partial(_note, search_id))
    except TimeoutError:
        return  # its deadline ends it
    await finish_search(search_id, context, wake, answers, checked)


async def _take(search_id: UUID, context: SmartDataContext, wake: Wake) -> _Task | None:
    """Claim a search and return what to ask; end it if the account may no longer look this up."""
    async with transaction() as conn:
        rows = await fetch(
            conn,
            """UPDATE smart_search SET taken_at = leadgate_clock()
               WHERE id = $1 AND state = 'RUNNING' AND taken_at IS NULL
                 AND asked_at > leadgate_clock() - $2::interval
               RETURNING account_id,
                   extract(epoch FROM asked_at + $2 - leadgate_clock())::float8 AS seconds""",
            search_id,
            SEARCH_SECONDS,
        )
        if not rows:
            return None
        found = await searched_now(conn, context, search_id)
        settings = await lock_settings(conn, rows[0]["account_id"], shared=True)
        sources = context.sources & settings.sources
        task = None if found is None else await _task(conn, found, sources, rows[0]["seconds"])
    if task is None:
        await end_failed(search_id, wake)
    return task


async def _task(
    conn: Connection, found: Searched, sources: frozenset[OutsideSource], seconds: float
) -> _Task | None:
    """Return what to ask; None if the account may no longer look this up."""
    contact, domain = found.lead.contact, found.domain
    if found.view.access.verdict is not OPEN or contact is None or domain is None:
        return None
    kind = kind_of(domain, (await overrides(conn, [domain])).get(domain))
    asker = str(found.account_id)
    if found.target.kind is LookUp.ORGANISATION:
        about = Question(LookUp.ORGANISATION, None, domain, asker)
        return _Task(about, domain, domain, kind, sources, seconds)
    # The domain of a mail provider says nothing about the person.
    own = domain if kind is MailProviderKind.NEITHER else None
    question = Question(LookUp.PERSON, contact.email, own, asker)
    mailed = None if contact.email is None else mail_domain(contact.email)
    return _Task(question, domain, mailed or domain, kind, sources, seconds)


async def _check_address(task: _Task, outside: Outside) -> AddressCheck:
    """Check the domain of the address by the lists and, if the account asks name servers, by DNS (S2.8)."""
    now = await database_now(connection())
    listed = _LISTED.get(task.kind)
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
