"""Every check of the reconciliation finds its fault, and nothing in a healthy marketplace."""

import pytest

from models.base.database import connection, transaction
from models.reconciliation import CHECKS, ReconciliationReport, reconcile
from models.reconciliation.remedies import REMEDIES
from tests.models.reconciliation.conftest import Books, Plant
from tests.support.database import Database
from tests.support.marketplace import HOUR


def checks_of(report: ReconciliationReport) -> set[str]:
    return {finding.check for finding in report.findings}


async def test_healthy_books_have_no_findings(books: Books) -> None:
    report = await reconcile()
    assert report.findings == ()
    assert report.warnings == ()
    assert dict.fromkeys(report.counts, 0) == report.counts
    assert set(report.counts) == {check.name for check in CHECKS if not check.of_parts} | {REMEDIES}


async def test_an_empty_database_has_no_findings(database: Database) -> None:
    assert (await reconcile()).findings == ()


async def test_a_given_connection_is_used(books: Books) -> None:
    assert (await reconcile(connection())).findings == ()
    async with transaction() as conn:
        assert (await reconcile(conn)).findings == ()


PLANTED = [
    (
        "groups_sum_to_zero",
        """UPDATE posting SET amount = amount + 1 WHERE book = 'REVENUE' AND group_id =
           (SELECT id FROM posting_group WHERE business_key = 'capture:' || $1)""",
        "accepted",
    ),
    (
        "groups_sum_to_zero",
        """DELETE FROM posting WHERE group_id =
           (SELECT id FROM posting_group WHERE business_key = 'capture:' || $1)""",
        "accepted",
    ),
    (
        "balances_equal_postings",
        "UPDATE balance SET available = available + 1 WHERE account_id = "
        "(SELECT account_id FROM application WHERE id = $1::uuid)",
        "accepted",
    ),
    (
        "balances_equal_postings",
        "UPDATE balance SET movements = movements + 1 WHERE account_id = "
        "(SELECT account_id FROM application WHERE id = $1::uuid)",
        "accepted",
    ),
    (
        "balances_equal_postings",
        "DELETE FROM balance WHERE account_id = (SELECT account_id FROM application WHERE id = $1::uuid)",
        "accepted",
    ),
    (
        "balances_chain",
        "UPDATE posting_group SET available_after = available_after + 1 WHERE business_key = 'hold:' || $1",
        "declined",
    ),
    (
        "balances_chain",
        "UPDATE posting_group SET ordinal = ordinal + 1000 WHERE business_key = 'hold:' || $1",
        "declined",
    ),
    (
        "payments_back_cite_a_refundable_decision",
        "UPDATE posting_group SET decision_id = NULL WHERE business_key = 'release:' || $1",
        "declined",
    ),
    (
        "payments_back_cite_a_refundable_decision",
        "UPDATE decision SET verdict = 'NOT_REFUNDABLE' WHERE ruleset = 'refund' AND subject = $1::uuid",
        "withdrawn",
    ),
    (
        "payments_back_cite_a_refundable_decision",
        "UPDATE decision SET subject = gen_random_uuid() WHERE ruleset = 'refund' AND subject = $1::uuid",
        "withdrawn",
    ),
    (
        "captures_cite_a_decision",
        "UPDATE posting_group SET decision_id = gen_random_uuid() WHERE business_key = 'capture:' || $1",
        "silent",
    ),
    (
        "captures_cite_a_decision",
        "UPDATE decision SET verdict = 'HIDDEN' WHERE ruleset = 'visibility' AND subject = $1::uuid",
        "silent",
    ),
    ("holds_match_movements", "UPDATE application SET hold = 'HELD' WHERE id = $1::uuid", "accepted"),
    ("holds_match_movements", "UPDATE application SET hold = 'CAPTURED' WHERE id = $1::uuid", "waiting"),
    ("holds_match_movements", "UPDATE application SET hold = 'CAPTURED' WHERE id = $1::uuid", "declined"),
    ("holds_match_movements", "UPDATE application SET refunded_at = now() WHERE id = $1::uuid", "silent"),
    (
        "holds_match_movements",
        "UPDATE posting_group SET account_id = gen_random_uuid() WHERE business_key = 'hold:' || $1",
        "waiting",
    ),
    ("movements_are_of_the_fee", "UPDATE application SET fee = 11 WHERE id = $1::uuid", "waiting"),
    (
        "deliveries_match_reveals",
        "UPDATE delivery SET received_at = received_at + interval '1 us' WHERE application_id = $1::uuid",
        "silent",
    ),
    ("deliveries_match_reveals", "DELETE FROM delivery WHERE application_id = $1::uuid", "silent"),
    ("deliveries_match_reveals", "UPDATE application SET revealed_at = NULL WHERE id = $1::uuid", "silent"),
    (
        "deliveries_match_reveals",
        "UPDATE decision SET verdict = 'HIDDEN' WHERE ruleset = 'visibility' AND subject = $1::uuid",
        "silent",
    ),
    (
        "deliveries_match_reveals",
        "UPDATE delivery SET application_id = NULL WHERE application_id = $1::uuid",
        "silent",
    ),
    (
        "feeds_have_no_gap",
        "DELETE FROM feed_event WHERE application_id = $1::uuid AND kind = 'APPLICATION_DECLINED'",
        "declined",
    ),
    (
        "feeds_have_no_gap",
        "DELETE FROM feed_counter WHERE recipient = (SELECT account_id FROM application WHERE id = $1::uuid)",
        "declined",
    ),
    (
        "feeds_have_no_gap",
        "UPDATE feed_counter SET last_seq = last_seq + 1 WHERE recipient = "
        "(SELECT account_id FROM application WHERE id = $1::uuid)",
        "declined",
    ),
    (
        "done_deadlines_have_an_outcome",
        "UPDATE deadline SET outcome = NULL WHERE subject = $1::uuid",
        "silent",
    ),
    (
        "done_deadlines_have_an_outcome",
        "UPDATE deadline SET outcome = 'x' WHERE subject = $1::uuid",
        "waiting",
    ),
    (
        "waiting_deadlines_are_swept",
        "UPDATE deadline SET kind = 'CALL_CLOSE' WHERE subject = $1::uuid AND kind = 'REVEAL'",
        "waiting",
    ),
    (
        "waiting_deadlines_are_swept",
        "UPDATE deadline SET subject = gen_random_uuid() WHERE subject = $1::uuid AND kind = 'REVEAL'",
        "waiting",
    ),
    (
        "deliveries_are_in_the_register",
        """DELETE FROM disclosure WHERE delivery_id =
           (SELECT id FROM delivery WHERE application_id = $1::uuid)""",
        "silent",
    ),
    (
        "deliveries_are_in_the_register",
        """UPDATE disclosure SET prospect_id = gen_random_uuid() WHERE delivery_id =
           (SELECT id FROM delivery WHERE application_id = $1::uuid)""",
        "accepted",
    ),
    (
        "disclosures_have_a_notice",
        "UPDATE outbox_message SET expanded_at = now() WHERE idempotency_key = 'contact_available:' || $1",
        "silent",
    ),
    (
        "disclosures_have_a_notice",
        """UPDATE disclosure SET notice_message_id = (SELECT id FROM outbox_message LIMIT 1)
           WHERE delivery_id = (SELECT id FROM delivery WHERE application_id = $1::uuid)""",
        "accepted",
    ),
    (
        REMEDIES,
        "UPDATE application SET declined_at = accepted_at, accepted_at = NULL WHERE id = $1::uuid",
        "accepted",
    ),
    (REMEDIES, "UPDATE application SET refunded_at = NULL WHERE id = $1::uuid", "withdrawn"),
]


@pytest.mark.parametrize(("check", "sql", "fate"), PLANTED)
async def test_each_check_finds_what_was_planted(
    books: Books, plant: Plant, check: str, sql: str, fate: str
) -> None:
    application = getattr(books, fate)
    await plant(sql, str(application))
    report = await reconcile()
    assert check in checks_of(report)
    assert report.counts[check] >= 1


async def test_a_long_overdue_deadline_is_only_a_warning(books: Books, database: Database) -> None:
    await database.clock.advance(50 * HOUR)
    report = await reconcile()
    assert report.findings == ()
    assert {warning.check for warning in report.warnings} == {"deadlines_overdue"}
    assert report.counts["deadlines_overdue"] == 2


async def test_many_findings_are_counted_and_a_few_are_listed(books: Books, plant: Plant) -> None:
    await plant(
        """INSERT INTO deadline (id, kind, subject, ordinal, due_at, done_at)
           SELECT gen_random_uuid(), 'REVEAL', gen_random_uuid(), 0, now(), now()
           FROM generate_series(1, 50)"""
    )
    report = await reconcile()
    assert report.counts["done_deadlines_have_an_outcome"] == 50
    assert len(report.findings) == 20
    assert str(report.findings[0]).startswith("done_deadlines_have_an_outcome: ")


async def test_a_refund_stays_valid_if_a_meeting_is_recorded_later(books: Books, plant: Plant) -> None:
    await plant("UPDATE application SET statement = 'TOOK_PLACE' WHERE id = $1", books.withdrawn)
    assert (await reconcile()).findings == ()


async def test_a_no_show_without_its_refund_is_found(books: Books, plant: Plant) -> None:
    await plant("UPDATE application SET statement = 'NO_SHOW' WHERE id = $1", books.after_meeting)
    assert checks_of(await reconcile()) == {REMEDIES}
