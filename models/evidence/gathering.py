"""Owns asking every check about every contact, many at once, before anything is filed.

It must not run inside a transaction: some checks ask the outside, and may be slow or away.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from models.evidence.finding import Finding, Subject

# A check gets all subjects at once and answers for those about which it knows something.
Check = Callable[[Sequence[Subject]], Awaitable[Mapping[UUID, Sequence[Finding]]]]

BATCH = 500


async def gather(
    checks: Sequence[Check],
    subjects: Sequence[Subject],
    on_progress: Callable[[int, int], Awaitable[None]] | None = None,
) -> dict[UUID, list[Finding]]:
    """Ask the checks about the subjects in batches of 500; a check that fails says nothing about its batch."""
    found: dict[UUID, list[Finding]] = {subject.key: [] for subject in subjects}
    for begin in range(0, len(subjects), BATCH):
        batch = subjects[begin : begin + BATCH]
        for check in checks:
            for key, findings in (await check(batch)).items():
                found[key].extend(findings)
        if on_progress is not None:
            await on_progress(min(begin + BATCH, len(subjects)), len(subjects))
    return found
