"""Checks of charges: each charged dispatch has one movement of its cost, and each movement its dispatch."""

from models.reconciliation.check import Check
from models.reconciliation.part import Rows, only

_CHARGES = f"""
    WITH charged AS (
        SELECT posting_group.subject AS id, posting_group.id AS movement, posting_group.account_id,
               posting.amount AS cents, posting_group.business_key
        FROM posting_group JOIN posting ON posting.group_id = posting_group.id AND posting.book = 'OWED'
        WHERE posting_group.kind = 'SMS_CHARGE'
            AND {only(Rows.ACCOUNT, "posting_group.account_id")}),
    costing AS (
        SELECT dispatch.id, dispatch.state, dispatch.cost_cents,
               coalesce(users.account_id, secretariat.account_id) AS account_id
        FROM dispatch LEFT JOIN users ON users.id = dispatch.user_id
        LEFT JOIN employee ON employee.id = dispatch.employee_id
        LEFT JOIN secretariat ON secretariat.id = employee.secretariat_id
        WHERE dispatch.cost_cents > 0
            AND ({only(Rows.ACCOUNT, "users.account_id")} OR {only(Rows.ACCOUNT, "secretariat.account_id")}))
    SELECT coalesce(costing.id, charged.id) AS subject,
           CASE WHEN costing.id IS NULL THEN format('the charge of %s cents has no dispatch', -charged.cents)
                WHEN charged.id IS NULL THEN format('the cost of %s cents was not charged', cost_cents)
                ELSE format('a dispatch that is %s and costs %s cents was charged %s cents by %s', state,
                            cost_cents, -charged.cents, business_key) END AS message
    FROM costing FULL JOIN charged ON charged.id = costing.id
    WHERE (costing.id, costing.state, costing.cost_cents, costing.account_id, 'sms_charge:' || costing.id)
          IS DISTINCT FROM (charged.id, 'SENT', -charged.cents, charged.account_id, charged.business_key)"""

SENDING = (Check("charges_match_dispatches", _CHARGES),)
