"""Checks of the register of disclosures: each delivery has its entry, and each entry its notice.

A notice is sent, on its way, or undelivered, which operators are told of. After an erasure there is nobody
left to tell.
"""

from models.reconciliation.check import Check
from models.reconciliation.part import Rows, only

_DELIVERY = only(Rows.DELIVERY, "delivery.id")

_ENTRIES = f"""
    SELECT delivery.id AS subject,
           CASE WHEN disclosure.delivery_id IS NULL THEN 'it has no entry in the register of disclosures'
                ELSE format('the register names prospect %s, but the lead is from %s',
                            disclosure.prospect_id, lead.prospect_id) END AS message
    FROM delivery JOIN lead ON lead.id = delivery.lead_id
    LEFT JOIN disclosure ON disclosure.delivery_id = delivery.id
    WHERE {_DELIVERY} AND disclosure.prospect_id IS DISTINCT FROM lead.prospect_id"""

# After a reveal by application, the notice follows from the message to the vendor.
_NOTICES = f"""
    SELECT disclosure.delivery_id AS subject,
           CASE WHEN message.id IS NULL THEN 'the notice to the person was never written'
                WHEN (message.template, message.recipient, message.subject)
                     IS DISTINCT FROM ('contact_disclosed', disclosure.prospect_id, disclosure.delivery_id)
                THEN format('its notice is %s of %s', message.template, message.subject)
                ELSE 'the notice to the person was cancelled or expired' END AS message
    FROM disclosure JOIN delivery ON delivery.id = disclosure.delivery_id
    JOIN prospect ON prospect.id = disclosure.prospect_id AND prospect.erased_at IS NULL
    LEFT JOIN outbox_message AS message ON message.id = disclosure.notice_message_id
    WHERE {_DELIVERY} AND disclosure.notice_message_id IS NOT NULL
      AND CASE WHEN message.id IS NULL
               THEN NOT EXISTS (
                   SELECT FROM outbox_message AS told
                   WHERE told.idempotency_key = 'contact_available:' || delivery.application_id
                     AND told.expanded_at IS NULL)
               ELSE (message.template, message.recipient, message.subject)
                    IS DISTINCT FROM ('contact_disclosed', disclosure.prospect_id, disclosure.delivery_id)
                    OR (EXISTS (SELECT FROM dispatch WHERE dispatch.message_id = message.id)
                        AND NOT EXISTS (SELECT FROM dispatch WHERE dispatch.message_id = message.id
                                        AND dispatch.state NOT IN ('CANCELLED', 'EXPIRED'))) END"""

DISCLOSURES = (
    Check("deliveries_are_in_the_register", _ENTRIES),
    Check("disclosures_have_a_notice", _NOTICES),
)
