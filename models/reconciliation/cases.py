"""Checks of cases against their consequences: holds, deliveries, feeds, deadlines."""

from models.deadlines.registry import SUBJECTS, descriptions, quoted
from models.reconciliation.check import Check
from models.reconciliation.part import Rows, only

OVERDUE_HOURS = 1

_APPLICATION = only(Rows.APPLICATION, "application.id")

# Movements of 0 points are not stored: an application without a fee has no groups.
_HOLDS = f"""
    WITH moved AS (
        SELECT subject,
               count(*) FILTER (WHERE kind = 'HOLD') AS holds,
               count(*) FILTER (WHERE kind = 'CAPTURE') AS captures,
               count(*) FILTER (WHERE kind = 'RELEASE') AS releases,
               count(*) FILTER (WHERE kind = 'REFUND') AS refunds,
               count(DISTINCT account_id) AS accounts, min(account_id::text) AS account_id
        FROM posting_group WHERE kind IN ('HOLD', 'CAPTURE', 'RELEASE', 'REFUND')
            AND {only(Rows.MOVEMENT_OF_APPLICATION, "posting_group.id")} GROUP BY subject),
    compared AS (
        SELECT application.id, application.hold, application.fee, application.refunded_at,
               application.account_id, moved.accounts, moved.account_id AS moved_account,
               coalesce(holds, 0) AS holds, coalesce(captures, 0) AS captures,
               coalesce(releases, 0) AS releases, coalesce(refunds, 0) AS refunds
        FROM application LEFT JOIN moved ON moved.subject = application.id WHERE {_APPLICATION})
    SELECT id AS subject,
           format('its fee of %s is %s%s, but it has %s holds, %s captures, %s releases and %s refunds, '
                  'in %s accounts', fee, hold, CASE WHEN refunded_at IS NULL THEN '' ELSE ' and refunded' END,
                  holds, captures, releases, refunds, coalesce(accounts, 0)) AS message
    FROM compared
    WHERE (holds, captures, releases, refunds) IS DISTINCT FROM
          CASE WHEN fee = 0 THEN (0::bigint, 0::bigint, 0::bigint, 0::bigint)
               ELSE (1::bigint, (hold = 'CAPTURED')::int::bigint, (hold = 'RELEASED')::int::bigint,
                     (hold = 'CAPTURED' AND refunded_at IS NOT NULL)::int::bigint) END
       OR (hold = 'RELEASED' AND refunded_at IS NULL) OR (hold = 'HELD' AND refunded_at IS NOT NULL)
       OR accounts > 1 OR moved_account <> account_id::text"""

_AMOUNTS = f"""
    SELECT posting_group.id AS subject,
           format('the %s for application %s moves %s, but its fee is %s', posting_group.kind, application.id,
                  max(posting.amount), application.fee) AS message
    FROM posting_group JOIN application ON application.id = posting_group.subject
    JOIN posting ON posting.group_id = posting_group.id
    WHERE posting_group.kind IN ('HOLD', 'CAPTURE', 'RELEASE', 'REFUND')
      AND {only(Rows.MOVEMENT, "posting_group.id")}
    GROUP BY posting_group.id, application.id HAVING max(posting.amount) <> application.fee"""

_DELIVERIES = f"""
    SELECT coalesce(delivery.id, application.id) AS subject,
           CASE WHEN delivery.id IS NULL
                THEN format('the contact was revealed at %s, but there is no delivery',
                            application.revealed_at)
                WHEN application.id IS NULL THEN 'the delivery is by application, but there is no application'
                ELSE format('the delivery was received at %s, the contact was revealed at %s, '
                            'and the delivery cites %s', delivery.received_at,
                            coalesce(application.revealed_at::text, 'no time'),
                            coalesce(decision.verdict || ' of ' || decision.ruleset, 'no decision'))
           END AS message
    FROM (SELECT * FROM delivery
          WHERE kind = 'APPLICATION' AND {only(Rows.DELIVERY, "delivery.id")}) AS delivery
    FULL JOIN (SELECT * FROM application
               WHERE {_APPLICATION} AND (revealed_at IS NOT NULL
                  OR EXISTS (SELECT FROM delivery WHERE delivery.application_id = application.id))
              ) AS application
        ON application.id = delivery.application_id
    LEFT JOIN decision ON decision.id = delivery.decision_id
    WHERE (delivery.received_at, delivery.lead_id, delivery.account_id,
           decision.ruleset, decision.verdict, decision.subject)
          IS DISTINCT FROM (application.revealed_at, application.lead_id, application.account_id,
                            'visibility', 'VISIBLE', application.id)"""

_FEEDS = f"""
    WITH stored AS (SELECT recipient, count(*) AS events, min(seq) AS first, max(seq) AS last
                    FROM feed_event WHERE {only(Rows.RECIPIENT, "recipient")} GROUP BY recipient)
    SELECT coalesce(stored.recipient, feed_counter.recipient) AS subject,
           format('the counter is from %s to %s, but there are %s events from %s to %s',
                  coalesce(removed_through + 1, 0), coalesce(last_seq, 0), coalesce(events, 0),
                  coalesce(first, 0), coalesce(last, 0)) AS message
    FROM stored FULL JOIN (SELECT * FROM feed_counter WHERE {only(Rows.RECIPIENT, "recipient")})
        AS feed_counter ON feed_counter.recipient = stored.recipient
    WHERE feed_counter.recipient IS NULL
       OR coalesce(events, 0) <> last_seq - removed_through
       OR (events > 0 AND (first, last) IS DISTINCT FROM (removed_through + 1, last_seq))"""

# The same of new events, without reading the feeds that they are in.
_FOLLOWING = f"""
    SELECT event.id AS subject,
           format('event %s of %s is not the last one of %s, and none comes before or after it', event.seq,
                  event.recipient, coalesce(counter.last_seq, 0)) AS message
    FROM feed_event AS event LEFT JOIN feed_counter AS counter ON counter.recipient = event.recipient
    WHERE {only(Rows.NEW_EVENT, "event.id")} AND NOT coalesce(
        event.seq > counter.removed_through AND event.seq <= counter.last_seq
        AND (event.seq = counter.removed_through + 1 OR EXISTS (
            SELECT FROM feed_event AS earlier
            WHERE earlier.recipient = event.recipient AND earlier.seq = event.seq - 1))
        AND (event.seq = counter.last_seq OR EXISTS (
            SELECT FROM feed_event AS later
            WHERE later.recipient = event.recipient AND later.seq = event.seq + 1)), false)"""

_OUTCOMES = f"""
    SELECT id AS subject,
           format('%s of %s: done at %s, outcome %s', kind, deadline.subject,
                  coalesce(done_at::text, 'no time'), coalesce(outcome, 'none')) AS message
    FROM deadline
    WHERE {only(Rows.DEADLINE, "deadline.id")} AND (done_at IS NULL) <> (outcome IS NULL)"""

_OVERDUE = f"""
    SELECT id AS subject, format('%s of %s was due at %s', kind, deadline.subject, due_at) AS message
    FROM deadline
    WHERE done_at IS NULL
      AND due_at < (SELECT leadgate_clock()) - make_interval(hours => {OVERDUE_HOURS})"""


def _unswept() -> str:
    """Find deadlines that no sweep would claim: their kind is not registered, or their row is missing."""
    unknown = f"""SELECT id AS subject,
               format('%s of %s: the transition is not registered', kind, subject) AS message
        FROM deadline WHERE done_at IS NULL AND kind NOT IN ({quoted(descriptions())})"""
    of_nothing = (
        f"""SELECT deadline.id AS subject, format('%s of %s, which does not exist', kind, subject) AS message
            FROM deadline WHERE done_at IS NULL AND kind IN ({quoted(about.kinds)})
            AND NOT EXISTS (SELECT FROM {about.table} WHERE {about.key} = deadline.subject)"""
        for about in SUBJECTS
    )
    return " UNION ALL ".join((unknown, *of_nothing))


CASES = (
    Check("holds_match_movements", _HOLDS),
    Check("movements_are_of_the_fee", _AMOUNTS),
    Check("deliveries_match_reveals", _DELIVERIES),
    Check("feeds_have_no_gap", _FEEDS),
    Check("new_events_follow_each_other", _FOLLOWING, of_parts=True),
    Check("done_deadlines_have_an_outcome", _OUTCOMES),
    Check("waiting_deadlines_are_swept", _unswept),
    Check("deadlines_overdue", _OVERDUE, warning=True),
)
