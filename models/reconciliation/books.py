"""Checks of the ledger alone: sums, balances, their chain, and what each movement cites."""

from models.reconciliation.check import Check

_SUMS = """
    SELECT posting_group.id AS subject,
           CASE WHEN count(posting.id) = 0 THEN 'the group has no postings'
                ELSE format('its postings sum to %s, not to 0', sum(posting.amount)) END AS message
    FROM posting_group LEFT JOIN posting ON posting.group_id = posting_group.id
    GROUP BY posting_group.id HAVING count(posting.id) = 0 OR sum(posting.amount) <> 0"""

_BALANCES = """
    WITH booked AS (
        SELECT posting_group.account_id, posting_group.unit, count(DISTINCT posting_group.id) AS movements,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'AVAILABLE'), 0) AS available,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'HOLD'), 0) AS on_hold,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'OWED'), 0) AS owed
        FROM posting_group LEFT JOIN posting ON posting.group_id = posting_group.id GROUP BY 1, 2)
    SELECT coalesce(balance.account_id, booked.account_id) AS subject,
           format('the balance in %s is %s available, %s on hold and %s owed after %s movements, '
                  'but its postings add up to %s, %s, %s and %s', coalesce(balance.unit, booked.unit),
                  coalesce(balance.available::text, 'missing'), coalesce(balance.on_hold::text, 'missing'),
                  coalesce(balance.owed::text, 'missing'), coalesce(balance.movements::text, 'no'),
                  coalesce(booked.available, 0), coalesce(booked.on_hold, 0), coalesce(booked.owed, 0),
                  coalesce(booked.movements, 0)) AS message
    FROM balance FULL JOIN booked ON booked.account_id = balance.account_id AND booked.unit = balance.unit
    WHERE (balance.available, balance.on_hold, balance.owed, balance.movements) IS DISTINCT FROM
          (coalesce(booked.available, 0), coalesce(booked.on_hold, 0), coalesce(booked.owed, 0),
           coalesce(booked.movements, 0))"""

_CHAIN = """
    WITH changed AS (
        SELECT posting_group.id, posting_group.account_id, posting_group.unit, posting_group.ordinal,
               posting_group.available_after, posting_group.on_hold_after, posting_group.owed_after,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'AVAILABLE'), 0) AS available,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'HOLD'), 0) AS on_hold,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'OWED'), 0) AS owed
        FROM posting_group LEFT JOIN posting ON posting.group_id = posting_group.id
        GROUP BY posting_group.id),
    chained AS (
        SELECT *, row_number() OVER series AS place, lag(available_after, 1, 0::bigint) OVER series AS before,
               lag(on_hold_after, 1, 0::bigint) OVER series AS on_hold_before,
               lag(owed_after, 1, 0::bigint) OVER series AS owed_before
        FROM changed WINDOW series AS (PARTITION BY account_id, unit ORDER BY ordinal))
    SELECT id AS subject,
           format('movement %s of account %s, number %s in order, leaves %s available, %s on hold and %s '
                  'owed; the previous one and its postings add up to %s, %s and %s', ordinal, account_id,
                  place, available_after, on_hold_after, owed_after, before + available,
                  on_hold_before + on_hold, owed_before + owed) AS message
    FROM chained
    WHERE ordinal <> place OR available_after <> before + available
       OR on_hold_after <> on_hold_before + on_hold OR owed_after <> owed_before + owed"""

# A remedy of S5.11 also credits points: its decision accepts an item about the delivery.
_PAID_BACK = """
    SELECT posting_group.id AS subject,
           format('%s of %s cites %s', posting_group.kind, posting_group.business_key,
                  CASE WHEN posting_group.decision_id IS NULL THEN 'no decision'
                       WHEN decision.id IS NULL THEN 'a missing decision'
                       ELSE format('the decision %s of %s about %s', decision.verdict, decision.ruleset,
                                   decision.subject) END) AS message
    FROM posting_group LEFT JOIN decision ON decision.id = posting_group.decision_id
    WHERE posting_group.kind IN ('RELEASE', 'REFUND')
      AND (decision.ruleset, decision.verdict, decision.subject)
          IS DISTINCT FROM ('refund', 'REFUNDABLE', posting_group.subject)
      AND NOT EXISTS (
          SELECT FROM complaint_item JOIN delivery ON delivery.id = complaint_item.delivery_id
          WHERE complaint_item.decision_id = posting_group.decision_id
            AND complaint_item.id = decision.subject AND posting_group.kind = 'REFUND'
            AND (decision.ruleset, decision.verdict) = ('complaint', 'ACCEPTED')
            AND posting_group.business_key = CASE WHEN delivery.application_id IS NULL
                THEN 'remedy:' || delivery.id ELSE 'refund:' || delivery.application_id END)"""

_CAPTURES = """
    SELECT posting_group.id AS subject,
           format('the capture for application %s cites %s', posting_group.subject,
                  CASE WHEN posting_group.decision_id IS NULL THEN 'no decision'
                       WHEN decision.id IS NULL THEN 'a missing decision'
                       ELSE format('the decision %s of %s about %s', decision.verdict, decision.ruleset,
                                   decision.subject) END) AS message
    FROM posting_group LEFT JOIN decision ON decision.id = posting_group.decision_id
    WHERE posting_group.kind = 'CAPTURE'
      AND (decision.subject IS DISTINCT FROM posting_group.subject
           OR (decision.ruleset, decision.verdict)
              NOT IN (('visibility', 'VISIBLE'), ('refund', 'NOT_REFUNDABLE')))"""

BOOKS = (
    Check("groups_sum_to_zero", _SUMS),
    Check("balances_equal_postings", _BALANCES),
    Check("balances_chain", _CHAIN),
    Check("payments_back_cite_a_refundable_decision", _PAID_BACK),
    Check("captures_cite_a_decision", _CAPTURES),
)
