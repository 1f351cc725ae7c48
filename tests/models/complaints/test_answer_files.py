"""Every decided complaint gets its answer file after the commit; a failure does not undo the decision."""

import pytest

from models.complaints import answer_files
from models.complaints.answer_files import ensure_answers
from rules.complaint import ComplaintReason
from tests.support.complaints import RECORD, deliver, filed, say, verdict
from tests.support.marketplace import Marketplace
from tests.support.reading import row


async def test_the_answer_file_is_created_after_the_decision(place: Marketplace) -> None:
    complaint_id, (item,) = await filed(place.vendor, [await deliver(place, place.vendor, kind=RECORD)])
    assert (await row("complaint", id=complaint_id))["answer_file_id"] is None
    await say(place.operator, verdict(item))
    assert (await row("complaint", id=complaint_id))["answer_file_id"] is not None
    assert await ensure_answers() == [], "nothing is left to make"


async def test_a_complaint_that_rules_decide_alone_is_answered_with_its_filing(place: Marketplace) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    complaint_id, _ = await filed(place.vendor, [delivery], reason=ComplaintReason.VOICEMAIL)
    assert (await row("complaint", id=complaint_id))["answer_file_id"] is not None


async def test_an_override_recreates_the_answer_file(place: Marketplace) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    complaint_id, (item,) = await filed(place.vendor, [delivery], reason=ComplaintReason.VOICEMAIL)
    before = (await row("complaint", id=complaint_id))["answer_file_id"]
    await say(place.operator, verdict(item, override="The recording says that the number is dead."))
    assert (await row("complaint", id=complaint_id))["answer_file_id"] != before


async def test_a_failed_answer_file_keeps_the_decision_and_is_created_later(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint_id, (item,) = await filed(place.vendor, [await deliver(place, place.vendor, kind=RECORD)])

    def full(*_: object) -> bytes:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(answer_files, "write_answer", full)
        await say(place.operator, verdict(item))
    stored = await row("complaint", id=complaint_id)
    assert (stored["decided_at"] is not None, stored["answer_file_id"]) == (True, None)
    assert await ensure_answers() == [complaint_id]
