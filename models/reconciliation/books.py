"""Checks of the ledger alone: sums, balances, their chain, and what each movement cites."""

from models.ledger.tables import LedgerUnit
from models.reconciliation.check import Check
from models.reconciliation.part import Rows, only

_MOVEMENT = only(Rows.MOVEMENT, "posting_group.id")

_SUMS = f"""
    SELECT posting_group.id AS subject,
           CASE WHEN count(posting.id) = 0 THEN 'the group has no postings'
                ELSE format('its postings sum to %s, not to 0', sum(posting.amount)) END AS message
    FROM posting_group LEFT JOIN posting ON posting.group_id = posting_group.id
    WHERE {_MOVEMENT} GROUP BY posting_group.id HAVING count(posting.id) = 0 OR sum(posting.amount) <> 0"""

_BALANCES = f"""
    WITH booked AS (
        SELECT posting_group.account_id, posting_group.unit, count(DISTINCT posting_group.id) AS movements,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'AVAILABLE'), 0) AS available,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'HOLD'), 0) AS on_hold,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'OWED'), 0) AS owed
        FROM posting_group LEFT JOIN posting ON posting.group_id = posting_group.id
        WHERE {only(Rows.ACCOUNT, "posting_group.account_id")} GROUP BY 1, 2)
    SELECT coalesce(balance.account_id, booked.account_id) AS subject,
           format('the balance in %s is %s available, %s on hold and %s owed after %s movements, '
                  'but its postings add up to %s, %s, %s and %s', coalesce(balance.unit, booked.unit),
                  coalesce(balance.available::text, 'missing'), coalesce(balance.on_hold::text, 'missing'),
                  coalesce(balance.owed::text, 'missing'), coalesce(balance.movements::text, 'no'),
                  coalesce(booked.available, 0), coalesce(booked.on_hold, 0), coalesce(booked.owed, 0),
                  coalesce(booked.movements, 0)) AS message
    FROM (SELECT * FROM balance WHERE {only(Rows.ACCOUNT, "balance.account_id")}) AS balance
    FULL JOIN booked ON booked.account_id = balance.account_id AND booked.unit = balance.unit
    WHERE (balance.available, balance.on_hold, balance.owed, balance.movements) IS DISTINCT FROM
          (coalesce(booked.available, 0), coalesce(booked.on_hold, 0), coalesce(booked.owed, 0),
           coalesce(booked.movements, 0))"""

# Each movement adds its postings to what the one before it left, and no number is missing.
_CHAIN = f"""
    WITH changed AS (
        SELECT posting_group.id, posting_group.account_id, posting_group.unit, posting_group.ordinal,
               posting_group.available_after, posting_group.on_hold_after, posting_group.owed_after,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'AVAILABLE'), 0) AS available,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'HOLD'), 0) AS on_hold,
               coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'OWED'), 0) AS owed
        FROM posting_group LEFT JOIN posting ON posting.group_id = posting_group.id
        WHERE {_MOVEMENT} GROUP BY posting_group.id)
    SELECT changed.id AS subject,
           format('movement %s of account %s leaves %s available, %s on hold and %s owed; the previous one '
                  '(%s) and its postings add up to %s, %s and %s', changed.ordinal, changed.account_id,
                  changed.available_after, changed.on_hold_after, changed.owed_after,
                  coalesce(previous.ordinal::text, 'none'), coalesce(previous.available_after, 0) + available,
                  coalesce(previous.on_hold_after, 0) + on_hold, coalesce(previous.owed_after, 0) + owed)
               AS message
    FROM changed LEFT JOIN posting_group AS previous
        ON (previous.account_id, previous.unit, previous.ordinal)
         = (changed.account_id, changed.unit, changed.ordinal - 1)
    WHERE changed.ordinal < 1 OR (changed.ordinal > 1) <> (previous.id IS NOT NULL)
       OR changed.available_after <> coalesce(previous.available_after, 0) + available
       OR changed.on_hold_after <> coalesce(previous.on_hold_after, 0) + on_hold
       OR changed.owed_after <> coalesce(previous.owed_after, 0) + owed"""

# With the chain, this says the same as adding up all postings of an account, and reads one movement.
_ENDS = f"""
    SELECT account.id AS subject,
           format('the balance in %s is %s available, %s on hold and %s owed after %s movements, but the '
                  'last movement, number %s, left %s, %s and %s', counted.unit,
                  coalesce(balance.available::text, 'missing'), coalesce(balance.on_hold, 0),
                  coalesce(balance.owed, 0), coalesce(balance.movements, 0), last.ordinal,
                  last.available_after, last.on_hold_after, last.owed_after) AS message
    FROM account CROSS JOIN unnest(ARRAY[{", ".join(f"'{unit}'" for unit in LedgerUnit)}]) AS counted (unit)
    CROSS JOIN LATERAL (
        SELECT ordinal, available_after, on_hold_after, owed_after FROM posting_group
        WHERE posting_group.account_id = account.id AND posting_group.unit = counted.unit
        ORDER BY ordinal DESC LIMIT 1) AS last
    LEFT JOIN balance ON balance.account_id = account.id AND balance.unit = counted.unit
    WHERE {only(Rows.MOVED_ACCOUNT, "account.id")}
      AND (balance.available, balance.on_hold, balance.owed, balance.movements) IS DISTINCT FROM
          (last.available_after, last.on_hold_after, last.owed_after, last.ordinal)"""

# A remedy of S5.11 also credits points: its decision accepts an item about the delivery.
_PAID_BACK = f"""
    SELECT posting_group.id AS subject,
           format('%s of %s cites %s', posting_group.kind, posting_group.business_key,
                  CASE WHEN posting_group.decision_id IS NULL THEN 'no decision'
                       WHEN decision.id IS NULL THEN 'a missing decision'
                       ELSE format('the decision %s of %s about %s', decision.verdict, decision.ruleset,
                                   decision.subject) END) AS message
    FROM posting_group LEFT JOIN decision ON decision.id = posting_group.decision_id
    WHERE posting_group.kind IN ('RELEASE', 'REFUND') AND {_MOVEMENT}
      AND (decision.ruleset, decision.verdict, decision.subject)
          IS DISTINCT FROM ('refund', 'REFUNDABLE', posting_group.subject)
      AND NOT EXISTS (
          SELECT FROM complaint_item JOIN delivery ON delivery.id = complaint_item.delivery_id
          WHERE complaint_item.decision_id = posting_group.decision_id
            AND complaint_item.id = decision.subject AND posting_group.kind = 'REFUND'
            AND (decision.ruleset, decision.verdict) = ('complaint', 'ACCEPTED')
            AND posting_group.business_key = CASE WHEN delivery.application_id IS NULL
                THEN 'remedy:' || delivery.id ELSE 'refund:' || delivery.application_id END)"""

_CAPTURES = f"""
    SELECT posting_group.id AS subject,
           format('the capture for application %s cites %s', posting_group.subject,
                  CASE WHEN posting_group.decision_id IS NULL THEN 'no decision'
                       WHEN decision.id IS NULL THEN 'a missing decision'
                       ELSE format('the decision %s of %s about %s', decision.verdict, decision.ruleset,
                                   decision.subject) END) AS message
    FROM posting_group LEFT JOIN decision ON decision.id = posting_group.decision_id
    WHERE posting_group.kind = 'CAPTURE' AND {_MOVEMENT}
      AND (decision.subject IS DISTINCT FROM posting_group.subject
           OR (decision.ruleset, decision.verdict)
              NOT IN (('visibility', 'VISIBLE'), ('refund', 'NOT_REFUNDABLE')))"""

BOOKS = (
    Check("groups_sum_to_zero", _SUMS),
    Check("balances_equal_postings", _BALANCES),
    Check("balances_chain", _CHAIN),
    Check("balances_end_with_their_movements", _ENDS, of_parts=True),
    Check("payments_back_cite_a_refundable_decision", _PAID_BACK),
    Check("captures_cite_a_decision", _CAPTURES),
)
