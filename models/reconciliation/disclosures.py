"""Checks of the register of disclosures: each delivery has its entry."""

from models.reconciliation.check import Check

_ENTRIES = """
    SELECT delivery.id AS subject,
           CASE WHEN disclosure.delivery_id IS NULL THEN 'it has no entry in the register of disclosures'
                ELSE format('the register names prospect %s, but the lead is from %s',
                            disclosure.prospect_id, lead.prospect_id) END AS message
    FROM delivery JOIN lead ON lead.id = delivery.lead_id
    LEFT JOIN disclosure ON disclosure.delivery_id = delivery.id
    WHERE disclosure.prospect_id IS DISTINCT FROM lead.prospect_id"""

DISCLOSURES = (Check("deliveries_are_in_the_register", _ENTRIES),)
