"""Checks of complaints against their consequences: remedies, deliveries, offers, stops."""

from models.contact_data.stopped import binds_all, holds, stopped
from models.ledger.tables import has_key
from models.reconciliation.check import Check
from models.reconciliation.part import Rows, only

_PAID_BACK = has_key(
    "paid",
    """CASE WHEN delivery.application_id IS NULL
            THEN 'remedy:' || delivery.id ELSE 'refund:' || delivery.application_id END""",
)
_DELIVERY = only(Rows.DELIVERY, "delivery.id")

# A "no consent" item accepted after another remedy, or after the fee was refunded, grants no remedy.
_REMEDIES = f"""
    SELECT coalesce(item.id, remedy.item_id) AS subject,
           CASE WHEN remedy.id IS NULL THEN 'the item is accepted but has no remedy'
                ELSE format('the remedy of delivery %s belongs to an item that is %s, of delivery %s',
                            remedy.delivery_id, coalesce(item.verdict, 'missing'), item.delivery_id)
           END AS message
    FROM (SELECT * FROM complaint_item WHERE verdict = 'ACCEPTED') AS item
    FULL JOIN remedy ON remedy.item_id = item.id
    WHERE remedy.delivery_id IS DISTINCT FROM item.delivery_id
      AND NOT coalesce(remedy.id IS NULL AND item.reason = 'NO_CONSENT' AND (
          EXISTS (SELECT FROM remedy AS before WHERE before.delivery_id = item.delivery_id
                  AND before.granted_at <= item.decided_at)
          OR EXISTS (SELECT FROM delivery JOIN application ON application.id = delivery.application_id
                     LEFT JOIN posting_group AS back ON {has_key("back", "'refund:' || application.id")}
                     WHERE delivery.id = item.delivery_id AND application.refunded_at <= item.decided_at
                       AND back.decision_id IS DISTINCT FROM item.decision_id)), false)"""

# A remedy's own columns, and the one movement, lead or wait that must exist for it.
_SETTLED = f"""
    WITH waiting AS (
        SELECT subject, count(*) AS waits FROM deadline
        WHERE kind = 'REPLACEMENT_FALLBACK' AND done_at IS NULL GROUP BY subject)
    SELECT remedy.id AS subject,
           format('the remedy %s (%s points), settled at %s: points credited: %s, replacement delivery: %s, '
                  'pending deadlines: %s', remedy.kind, remedy.points,
                  coalesce(remedy.settled_at::text, 'no time'),
                  coalesce(posting.amount::text, 'nothing'), coalesce(given.id::text, 'nothing'),
                  coalesce(waiting.waits, 0)) AS message
    FROM remedy JOIN delivery ON delivery.id = remedy.delivery_id
    LEFT JOIN delivery AS given ON given.id = remedy.replacement_id AND given.replacement
        AND given.kind = 'LEAD_CLUB' AND given.account_id = delivery.account_id
        AND given.received_at = remedy.settled_at AND given.points = delivery.points
    LEFT JOIN posting_group AS paid ON paid.account_id = delivery.account_id
        AND {_PAID_BACK}
    LEFT JOIN posting ON posting.group_id = paid.id AND posting.book = 'AVAILABLE'
    LEFT JOIN waiting ON waiting.subject = remedy.item_id
    WHERE (remedy.kind, remedy.settled_at IS NOT NULL, remedy.points, remedy.replacement_id IS NOT NULL,
           given.id IS NOT NULL, coalesce(posting.amount, 0), coalesce(waiting.waits, 0))
          NOT IN (('POINTS', true, delivery.points, false, false, delivery.points, 0),
                  ('REPLACEMENT', true, 0, true, true, 0, 0),
                  ('REPLACEMENT', false, 0, false, false, 0, 1))"""

_REPLACEMENTS = f"""
    SELECT delivery.id AS subject,
           CASE WHEN delivery.replacement THEN 'the delivery is a replacement, but not of any remedy'
                ELSE 'the delivery is the replacement of a remedy, but not marked as one' END AS message
    FROM delivery LEFT JOIN remedy ON remedy.replacement_id = delivery.id
    WHERE {_DELIVERY} AND delivery.replacement <> (remedy.id IS NOT NULL)"""

# A replacement costs nothing: it was paid with the delivery that it replaces.
_PAID_FOR = f"""
    SELECT delivery.id AS subject,
           format('the price is %s, the decision is %s, and %s was debited from account %s', delivery.points,
                  coalesce(decision.verdict || ' of ' || decision.ruleset, 'no decision'),
                  coalesce(posting.amount::text, 'nothing'), coalesce(paid.account_id::text, 'nobody'))
               AS message
    FROM delivery LEFT JOIN decision ON decision.id = delivery.decision_id
    LEFT JOIN posting_group AS paid ON {has_key("paid", "'charge:' || delivery.id")}
    LEFT JOIN posting ON posting.group_id = paid.id AND posting.book = 'REVENUE'
    WHERE {_DELIVERY} AND delivery.kind <> 'APPLICATION'
      AND ((decision.ruleset, decision.verdict, decision.subject, decision.decided_at)
               IS DISTINCT FROM ('visibility', 'VISIBLE', delivery.id, delivery.received_at)
           OR (paid.kind, paid.account_id, posting.amount) IS DISTINCT FROM
              CASE WHEN delivery.replacement OR delivery.points = 0
                   THEN (NULL::varchar, NULL::uuid, NULL::bigint)
                   ELSE ('CAPTURE'::varchar, delivery.account_id, delivery.points::bigint) END)"""

_OFFERS = f"""
    SELECT offer.id AS subject,
           format('%s of its %s places are sold, but %s accounts have lead %s', offer.sold, offer.cap,
                  count(delivery.id), offer.lead_id) AS message
    FROM offer LEFT JOIN delivery ON delivery.lead_id = offer.lead_id AND delivery.kind <> 'APPLICATION'
    WHERE {only(Rows.OFFER, "offer.id")} GROUP BY offer.id HAVING offer.sold <> count(delivery.id)"""

_DECIDED = """
    SELECT complaint.id AS subject,
           format('decided at %s, with %s open items and %s pending deadlines',
                  coalesce(complaint.decided_at::text, 'no time'), items.open, waiting.deadlines) AS message
    FROM complaint
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE decided_at IS NULL) AS open, count(*) AS items
                        FROM complaint_item WHERE complaint_item.complaint_id = complaint.id) AS items
    CROSS JOIN LATERAL (
        SELECT count(*) AS deadlines,
               count(*) FILTER (WHERE kind = 'COMPLAINT_DECISION') AS decisions
        FROM deadline WHERE deadline.subject = complaint.id AND deadline.done_at IS NULL) AS waiting
    WHERE items.items = 0
       OR (complaint.decided_at IS NULL) <> (items.open > 0)
       OR (complaint.decided_at IS NOT NULL AND waiting.deadlines > 0)
       OR (complaint.decided_at IS NULL AND (complaint.escalated_at IS NULL) <> (waiting.decisions = 1))"""

# The last stop that bound everybody for all media, if there was one, and whether it still holds.
_LAST_STOP = f"""LEFT JOIN LATERAL (
        SELECT stop.id, stop.since, {holds("stop")} AS holds FROM do_not_contact AS stop
        WHERE stop.prospect_id = lead.prospect_id AND {binds_all("stop")}
        ORDER BY stop.lifted_at IS NULL DESC, stop.since DESC LIMIT 1) AS stop ON true"""
_UPHELD = f"""
    SELECT item.id AS subject,
           format('"no consent" is upheld, but the contact is closed: %s, the person %s, '
                  'and %s offers are open',
                  delivery.closed, CASE WHEN stop.id IS NULL THEN 'may be contacted'
                                        ELSE 'must not be contacted' END, sale.offers) AS message
    FROM complaint_item AS item JOIN delivery ON delivery.id = item.delivery_id
    JOIN lead ON lead.id = delivery.lead_id
    {_LAST_STOP}
    CROSS JOIN LATERAL (
        SELECT count(*) AS offers FROM offer JOIN lead AS of_person ON of_person.id = offer.lead_id
        WHERE of_person.prospect_id = lead.prospect_id AND offer.withdrawn_at IS NULL) AS sale
    WHERE item.verdict = 'ACCEPTED' AND item.reason = 'NO_CONSENT'
      AND (delivery.closed = 'NO' OR stop.id IS NULL OR (stop.holds AND sale.offers > 0))"""

# Applications that should have ended in the transaction of the stop, and those revealed in spite of it.
_STOPPED = f"""
    SELECT application.id AS subject,
           CASE WHEN application.revealed_at IS NULL
                THEN format('the application is unanswered with its fee %s, but the person %s',
                            lower(application.hold),
                            CASE WHEN prospect.erased_at IS NOT NULL THEN 'was erased'
                                 ELSE 'must not be contacted' END)
                ELSE format('the contact was revealed without an answer at %s, '
                            'but the person has had a do-not-contact stop since %s',
                            application.revealed_at, barred.since) END AS message
    FROM application JOIN lead ON lead.id = application.lead_id
    JOIN prospect ON prospect.id = lead.prospect_id
    LEFT JOIN LATERAL (
        SELECT min(stop.since) AS since FROM do_not_contact AS stop
        WHERE stop.prospect_id = prospect.id AND {binds_all("stop")}
          AND application.revealed_at > stop.since
          AND application.revealed_at < least(stop.lifted_at, stop.until, 'infinity')) AS barred ON true
    WHERE {only(Rows.APPLICATION, "application.id")} AND application.accepted_at IS NULL
      AND ((application.declined_at IS NULL AND application.revealed_at IS NULL
            AND application.ended_at IS NULL
            AND ({stopped("prospect.id")} OR prospect.erased_at IS NOT NULL))
           OR barred.since IS NOT NULL)"""

COMPLAINTS = (
    Check("accepted_items_have_their_remedy", _REMEDIES),
    Check("remedies_were_given", _SETTLED),
    Check("replacements_belong_to_remedies", _REPLACEMENTS),
    Check("deliveries_are_paid_for", _PAID_FOR),
    Check("offers_count_their_deliveries", _OFFERS),
    Check("complaints_are_decided_with_their_last_item", _DECIDED),
    Check("upheld_no_consent_stops_contact", _UPHELD),
    Check("stopped_persons_have_no_application_waiting", _STOPPED),
)
