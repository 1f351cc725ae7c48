"""Owns the root of queries, one noun a file; every field but none is for those signed in.

It must not read the database itself: `models.views` does.
"""

import strawberry

from schema.queries.accounts import AccountQueries
from schema.queries.applications import ApplicationQueries
from schema.queries.complaint_preview import ComplaintPreviewQueries
from schema.queries.complaint_statistics import ComplaintStatisticsQueries
from schema.queries.complaints import ComplaintQueries
from schema.queries.deliveries import DeliveryQueries
from schema.queries.leads import LeadQueries
from schema.queries.nodes import NodeQueries
from schema.queries.notifications import NotificationQueries
from schema.queries.policies import PolicyQueries
from schema.queries.viewer import ViewerQueries


@strawberry.type(description="What can be read.")
class Query(
    ViewerQueries,
    NodeQueries,
    LeadQueries,
    ApplicationQueries,
    DeliveryQueries,
    ComplaintQueries,
    ComplaintPreviewQueries,
    ComplaintStatisticsQueries,
    NotificationQueries,
    PolicyQueries,
    AccountQueries,
):
    """The root of queries."""
