"""All checks together: what they leave to the operator; no check can prevent a complaint from being filed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import httpx
import pytest

from models.complaints.evidence import strongest
from models.complaints.evidence.checks import build_checks, checks_with_network
from models.complaints.evidence.detail import Detail
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding
from models.complaints.evidence.gathering import BATCH, Check, gather
from models.complaints.tables import EvidenceCheck, Speaks
from rules.complaint import ComplaintReason, Support
from tests.models.complaints.evidence.contacts import AT, clock, contact
from tests.support.database import Database
from tests.support.name_server import name_server

R = ComplaintReason
FULL = {
    "phone": "+491",
    "email": "a@gone.de",
    "country": "PL",
    "organisation": "Fake sp. z o.o.",
    "registration_number": "5261040829",
}
CERTAIN = {R.NUMBER_DOES_NOT_EXIST, R.WRONG_ADDRESS}  # of a contact in which everything is wrong


@pytest.mark.parametrize("reason", list(R))
async def test_what_only_a_person_can_judge_is_never_conclusive(
    database: Database, reason: ComplaintReason
) -> None:
    async with name_server({}) as (_, resolver):
        one = contact(reason, **FULL)
        found = await gather(build_checks(clock, resolver=resolver), [one])
    support, against = strongest(found[one.key])
    assert (support is Support.CONCLUSIVE) is (reason in CERTAIN)
    assert against is Support.NONE
    assert {finding.detail for finding in found[one.key]} <= set(Detail)


def _finding(speaks: Speaks, *, conclusive: bool) -> EvidenceFinding:
    return EvidenceFinding(
        EvidenceCheck.OWN_CALLS, "test", AT, speaks, conclusive, 99 if conclusive else 50, "test"
    )


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], (Support.NONE, Support.NONE)),
        ([("FOR", False), ("FOR", True)], (Support.CONCLUSIVE, Support.NONE)),
        ([("FOR", True), ("FOR", False), ("AGAINST", False)], (Support.CONCLUSIVE, Support.INDICATION)),
        ([("AGAINST", True), ("FOR", True)], (Support.CONCLUSIVE, Support.CONCLUSIVE)),
        ([("NEITHER", True), ("NEITHER", False)], (Support.NONE, Support.NONE)),
    ],
)
def test_the_strongest_finding_of_each_side_becomes_the_fact(
    kinds: list[tuple[str, bool]], expected: tuple[Support, Support]
) -> None:
    assert strongest(_finding(Speaks(side), conclusive=proof) for side, proof in kinds) == expected


def _answering(asked: list[int]) -> Check:
    async def check(contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
        asked.append(len(contacts))
        return {one.key: [_finding(Speaks.FOR, conclusive=False)] for one in contacts}

    return check


async def _broken(_: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
    raise OSError("the network is down")


async def test_a_broken_check_does_not_affect_the_others() -> None:
    many = [contact(R.NO_CONSENT) for _ in range(3)]
    found = await gather([_broken, _answering([]), _broken], many)
    assert [len(found[one.key]) for one in many] == [1, 1, 1]


async def test_many_subjects_are_checked_in_batches_with_progress() -> None:
    asked: list[int] = []
    seen: list[tuple[int, int]] = []

    async def on_progress(done: int, total: int) -> None:
        seen.append((done, total))

    many = [contact(R.NO_CONSENT) for _ in range(2 * BATCH + 1)]
    assert len(await gather([_answering(asked)], many, on_progress)) == len(many)
    assert asked == [BATCH, BATCH, 1]
    assert seen == [(BATCH, len(many)), (2 * BATCH, len(many)), (len(many), len(many))]


async def test_findings_are_in_the_order_of_the_checks() -> None:
    one = contact(R.NUMBER_DOES_NOT_EXIST, **FULL)
    first, second = build_checks(clock)[0], _answering([])
    for checks, expected in (
        ([first, second], ["too_short", "test"]),
        ([second, first], ["test", "too_short"]),
    ):
        assert [finding.detail for finding in (await gather(checks, [one]))[one.key]] == expected


async def test_the_network_is_queried_only_if_enabled(database: Database) -> None:
    without = build_checks(clock)
    found = await gather(without, [contact(reason, **FULL) for reason in R])
    assert {str(finding.check) for findings in found.values() for finding in findings} == {
        "NUMBERING_PLAN",
        "BUSINESS_REGISTER",
        "CONSENT_PROOF",
    }
    async with httpx.AsyncClient() as client:
        for url in (None, "https://register.example/status"):
            assert len(checks_with_network(clock, client, url)) == len(without) + 1
            assert len(checks_with_network(clock, client, url, dns=False)) == len(without)
        with pytest.raises(ValueError, match="register's URL"):
            checks_with_network(clock, client, "register")


async def test_ten_thousand_subjects_are_all_checked(database: Database) -> None:
    reasons = list(R)
    many = [contact(reasons[number % len(reasons)], **FULL) for number in range(10_000)]
    found = await gather(build_checks(clock), many)
    assert len(found) == len(many)
    said = {one.reason for one in many if found[one.key]}
    assert said == {R.NUMBER_DOES_NOT_EXIST, R.BUSINESS_CLOSED, R.NO_CONSENT}
