"""Owns the root of mutations, one mutation a file: translate, authorise, call one action, read the result.

It must not change anything itself.
"""

import strawberry

from schema.mutations.application_accept import ApplicationAccept
from schema.mutations.application_decline import ApplicationDecline
from schema.mutations.application_review import ApplicationReview
from schema.mutations.application_submit import ApplicationSubmit
from schema.mutations.complaint_file import ComplaintFile
from schema.mutations.complaint_item_decide import ComplaintItemDecide
from schema.mutations.complaint_message_send import ComplaintMessageSend
from schema.mutations.complaint_template_create import ComplaintTemplateCreate
from schema.mutations.lead_deliver import LeadDeliver
from schema.mutations.lead_import import LeadImport
from schema.mutations.lead_offer import LeadOffer
from schema.mutations.lead_publish import LeadPublish
from schema.mutations.lead_purchase import LeadPurchase
from schema.mutations.meeting_record import MeetingRecord
from schema.mutations.notification_read import NotificationRead
from schema.mutations.points_purchase import PointsPurchase
from schema.mutations.sign_in import SignIn
from schema.mutations.sign_out import SignOut
from schema.mutations.token_refresh import TokenRefresh


@strawberry.type(description="What can be changed.")
class Mutation(
    SignIn,
    TokenRefresh,
    SignOut,
    LeadPublish,
    LeadImport,
    LeadDeliver,
    LeadOffer,
    LeadPurchase,
    PointsPurchase,
    ApplicationSubmit,
    ApplicationReview,
    ApplicationAccept,
    ApplicationDecline,
    MeetingRecord,
    ComplaintTemplateCreate,
    ComplaintFile,
    ComplaintItemDecide,
    ComplaintMessageSend,
    NotificationRead,
):
    """The root of mutations."""
