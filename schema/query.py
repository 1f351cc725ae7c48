"""Root type of queries, one noun per file; all fields but `service` require a
signed-in user.

Each field is nullable, so that the others are returned even if one is refused.
"""

import strawberry

from schema.accounts.queries import AccountQueries
from schema.accounts.viewer_queries import ViewerQueries
from schema.applications.queries import ApplicationQueries
from schema.calls.call_queries import CallListQueries
from schema.calls.phone_queries import PhoneSystemQueries
from schema.calls.queries import CallQueries
from schema.calls.statistics import CallStatisticsQueries
from schema.chat.queries import ChatQueries
from schema.complaints.preview import ComplaintPreviewQueries
from schema.complaints.queries import ComplaintQueries
from schema.complaints.statistics import ComplaintStatisticsQueries
from schema.contacting.draft_check import DraftCheckQueries
from schema.contacting.queries import ContactingQueries
from schema.deliveries.queries import DeliveryQueries
from schema.desk.activity import ActivityQueries
from schema.desk.queries import HealthQueries
from schema.disclosures.queries import DisclosureQueries
from schema.feed.queries import NotificationQueries
from schema.leads.contact_look_queries import ContactLookQueries
from schema.leads.public_text import PublicTextQueries
from schema.leads.queries import LeadQueries
from schema.messages.endpoint_queries import WebhookEndpointQueries
from schema.messages.queries import DispatchQueries
from schema.nodes import NodeQueries
from schema.policies.decision_queries import DecisionQueries
from schema.policies.draft_queries import DraftQueries
from schema.policies.queries import PolicyQueries
from schema.policies.ruleset_queries import RulesetQueries
from schema.service.queries import ServiceQueries
from schema.smart_data.outside_sources import OutsideSourceQueries


@strawberry.type(
    description="All queries. A field that fails is null, with its error in `errors`; the others "
    "are still resolved."
)
class Query(
    ServiceQueries,
    ViewerQueries,
    NodeQueries,
    LeadQueries,
    ApplicationQueries,
    ChatQueries,
    ContactingQueries,
    DraftCheckQueries,
    DeliveryQueries,
    ComplaintQueries,
    ComplaintPreviewQueries,
    ComplaintStatisticsQueries,
    NotificationQueries,
    CallQueries,
    CallListQueries,
    CallStatisticsQueries,
    PhoneSystemQueries,
    DispatchQueries,
    WebhookEndpointQueries,
    DisclosureQueries,
    ContactLookQueries,
    PolicyQueries,
    DecisionQueries,
    RulesetQueries,
    DraftQueries,
    HealthQueries,
    ActivityQueries,
    PublicTextQueries,
    AccountQueries,
    OutsideSourceQueries,
):
    """Root query type."""
