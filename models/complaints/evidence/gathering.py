"""Gathering evidence: runs every check on every contact, in batches, before anything is filed.

Never call it inside a transaction: some checks use external services that may be slow or unavailable.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import structlog

from models.complaints.evidence.finding import DisputedContact, EvidenceFinding

# A check gets all contacts of a batch and returns findings for those it knows something about.
Check = Callable[[Sequence[DisputedContact]], Awaitable[Mapping[UUID, Sequence[EvidenceFinding]]]]

BATCH = 500

_log = structlog.get_logger(__name__)


async def gather(
    checks: Sequence[Check],
    contacts: Sequence[DisputedContact],
    on_progress: Callable[[int, int], Awaitable[None]] | None = None,
) -> dict[UUID, list[EvidenceFinding]]:
    """Run the checks on the contacts in batches of 500; a check that fails has no findings for that batch."""
    found: dict[UUID, list[EvidenceFinding]] = {contact.key: [] for contact in contacts}
    for begin in range(0, len(contacts), BATCH):
        batch = contacts[begin : begin + BATCH]
        for answers in await asyncio.gather(*(_ask(check, batch) for check in checks)):
            for key, findings in answers.items():
                found[key].extend(findings)
        if on_progress is not None:
            await on_progress(min(begin + BATCH, len(contacts)), len(contacts))
    return found


async def _ask(check: Check, batch: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
    try:
        return await check(batch)
    except Exception as error:  # noqa: BLE001 - a broken check must not refuse a complaint
        name = getattr(check, "__qualname__", type(check).__name__)
        _log.warning("evidence_check_failed", check=name, error=type(error).__name__, contacts=len(batch))
        return {}
