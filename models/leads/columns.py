"""Columns and joins for reading leads and the viewer's case on them: only the requested ones."""

from functools import cache
from typing import NamedTuple
from uuid import UUID

from models.base.clock import CLOCK, NOW
from models.base.viewer import Viewer
from models.leads.state import CLOSED


class Parts(NamedTuple):
    """What to read of a lead in addition to its public columns; accessing a part that was not read raises."""

    application: bool = True
    delivery: bool = True
    contact: bool = True
    placed: bool = True  # what placed messages of the application depend on


ALL = Parts()

# Every statement begins like this: the clock is read once, and so is the policy in force of each market.
# `asker` is never run: it lets each statement accept all values of `scope`, used or not.
WITH = f"""WITH {CLOCK}, asker AS (SELECT $1::uuid, $2::uuid, $3::boolean, $4::uuid),
    current_policy AS MATERIALIZED (SELECT DISTINCT ON (market_id) market_id, id FROM policy
    WHERE effective_from <= {NOW} ORDER BY market_id, effective_from DESC)"""

# The public columns, and those that the rules of visibility need.
_LEAD = f"""lead.id, lead.title, lead.brief, lead.category, lead.city, lead.country, lead.budget_min,
    lead.budget_max, lead.currency, lead.source, lead.published_at, lead.closes_at, lead.fee,
    lead.prospect_id, market.id AS market_id, market.code AS market_code, market.name AS market_name,
    prospect.erased_at, {NOW} AS now,
    coalesce(application.policy_id, delivery.policy_id, current_policy.id) AS policy_id,
    application.id AS application_id, application.received_at, application.accepted_at,
    application.declined_at, application.ended_at, application.revealed_at, delivery.kind AS delivery_kind,
    {CLOSED} AS closed"""
_APPLICATION = """application.version, application.account_id AS vendor_id, account.name AS vendor_name,
    application.introduction, application.introduction_spans, application.fee AS application_fee,
    application.submitted_at, application.reviewed_at, application.decline_message,
    application.refunded_at, application.meeting_at,
    application.proposed_meeting_at, application.statement, application.both_joined,
    application.call_seconds, coalesce(reveal.due_at, application.revealed_at) AS reveal_due_at"""
# A replacement was not charged; its stored points are the price of the faulty one, in case it is faulty too.
_DELIVERY = """delivery.id AS delivery_id, delivery.received_at AS delivered_at,
    CASE WHEN delivery.replacement THEN 0 ELSE delivery.points END AS points, delivery.complaint_until,
    delivery.account_id AS delivery_account_id"""
_CONTACT = """contact.full_name, contact.organisation, contact.email, contact.phone, contact.phone_extension,
    contact.other_emails, contact.other_phones, contact.address, contact.registration_number,
    contact.linkedin_url, contact.meeting_url, contact.preferred_channel, contact.time_zone"""
# $4 is the user, who dismisses banners alone.
_PLACED = """application.proposed_by, delivery.closed_at, delivery.complaint_until AS window_ends_at,
    (EXISTS (SELECT FROM complaint_item WHERE complaint_item.delivery_id = delivery.id
             AND complaint_item.decided_at IS NULL)
     OR EXISTS (SELECT FROM remedy WHERE remedy.delivery_id = delivery.id)) AS complained,
    ARRAY(SELECT dismissal.rule_id FROM banner_dismissal AS dismissal
          WHERE dismissal.user_id = $4::uuid AND dismissal.subject = application.id) AS dismissed_rules"""

# After a FROM that binds `lead`, `application` and `delivery`.
_JOINS = """JOIN market ON market.id = lead.market_id
    JOIN prospect ON prospect.id = lead.prospect_id
    JOIN current_policy ON current_policy.market_id = lead.market_id"""
_JOIN_APPLICATION = """LEFT JOIN account ON account.id = application.account_id
    LEFT JOIN deadline AS reveal
        ON reveal.kind = 'REVEAL' AND reveal.subject = application.id AND reveal.ordinal = 0"""
# Contact rows are read only for viewers who could have a right to them; the rules then decide. $1 the
# account, $2 the prospect, $3 whether an operator asks.
_JOIN_CONTACT = """LEFT JOIN contact ON contact.lead_id = lead.id
        AND ($3::boolean OR lead.prospect_id = $2::uuid
             OR application.account_id = $1::uuid OR delivery.account_id = $1::uuid)"""

# The viewer's own application and delivery for each lead.
OWN = """LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $1::uuid
    LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $1::uuid"""


def scope(viewer: Viewer) -> tuple[UUID | None, UUID | None, bool, UUID | None]:
    """Return the values of $1 to $4 that every statement of this shape begins with."""
    return viewer.vendor_id, viewer.prospect_id, viewer.operator, viewer.user_id


@cache
def columns(parts: Parts) -> str:
    """Return the select list of a lead with these parts."""
    asked = zip(parts, (_APPLICATION, _DELIVERY, _CONTACT, _PLACED), strict=True)
    return ", ".join([_LEAD, *(names for wanted, names in asked if wanted)])


@cache
def joins(parts: Parts) -> str:
    """Return the joins that these parts need."""
    asked = zip(parts, (_JOIN_APPLICATION, "", _JOIN_CONTACT, ""), strict=True)
    return " ".join([_JOINS, *(join for wanted, join in asked if wanted)])


COLUMNS, JOINS = columns(ALL), joins(ALL)
