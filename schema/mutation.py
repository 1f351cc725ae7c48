"""Root type of mutations, one mutation per file: validate, authorise, call one action, read the result.

Each field is nullable, so that the result of one is returned even if another fails.
"""

import strawberry

from schema.accounts.mutations.sign_in import SignIn
from schema.accounts.mutations.sign_out import SignOut
from schema.accounts.mutations.token_refresh import TokenRefresh
from schema.accounts.mutations.user_settings_update import UserSettingsUpdate
from schema.applications.mutations.application_accept import ApplicationAccept
from schema.applications.mutations.application_decline import ApplicationDecline
from schema.applications.mutations.application_review import ApplicationReview
from schema.applications.mutations.application_submit import ApplicationSubmit
from schema.applications.mutations.meeting_record import MeetingRecord
from schema.calls.mutations.absence_text_set import AbsenceTextSet
from schema.calls.mutations.appointment_delete import AppointmentDelete
from schema.calls.mutations.appointment_set import AppointmentSet
from schema.calls.mutations.asked_fields_set import AskedFieldsSet
from schema.calls.mutations.call_answer import CallAnswerMutation
from schema.calls.mutations.call_correct import CallCorrect
from schema.calls.mutations.call_export import CallExport
from schema.calls.mutations.call_finish import CallFinish
from schema.calls.mutations.call_take_over import CallTakeOver
from schema.calls.mutations.call_transfer_record import CallTransferRecord
from schema.calls.mutations.caller_erase import CallerErase
from schema.calls.mutations.employee_access_create import EmployeeAccessCreate
from schema.calls.mutations.employee_access_delete import EmployeeAccessDelete
from schema.calls.mutations.employee_calendar_delete import EmployeeCalendarDelete
from schema.calls.mutations.employee_calendar_import import EmployeeCalendarImport
from schema.calls.mutations.employee_calendar_refresh import EmployeeCalendarRefresh
from schema.calls.mutations.employee_calendar_set import EmployeeCalendarSet
from schema.calls.mutations.employee_create import EmployeeCreate
from schema.calls.mutations.employee_delete import EmployeeDelete
from schema.calls.mutations.employee_export import EmployeeExport
from schema.calls.mutations.employee_import import EmployeeImport
from schema.calls.mutations.employee_update import EmployeeUpdate
from schema.calls.mutations.faq_entry_delete import FaqEntryDelete
from schema.calls.mutations.faq_entry_set import FaqEntrySet
from schema.calls.mutations.phone_system_delete import PhoneSystemDelete
from schema.calls.mutations.phone_system_secret_rotate import PhoneSystemSecretRotate
from schema.calls.mutations.phone_system_set import PhoneSystemSet
from schema.calls.mutations.secretariat_agents_set import SecretariatAgentsSet
from schema.calls.mutations.secretariat_confirm import SecretariatConfirm
from schema.calls.mutations.secretariat_create import SecretariatCreate
from schema.calls.mutations.secretariat_numbers_set import SecretariatNumbersSet
from schema.calls.mutations.secretariat_update import SecretariatUpdate
from schema.calls.mutations.vip_caller_delete import VipCallerDelete
from schema.calls.mutations.vip_caller_set import VipCallerSet
from schema.calls.mutations.weekly_hours_set import WeeklyHoursSet
from schema.chat.mutations.chat_message_send import ChatMessageSend
from schema.chat.mutations.chat_read import ChatRead
from schema.complaints.mutations.complaint_file import ComplaintFile
from schema.complaints.mutations.complaint_item_decide import ComplaintItemDecide
from schema.complaints.mutations.complaint_message_send import ComplaintMessageSend
from schema.complaints.mutations.complaint_template_create import ComplaintTemplateCreate
from schema.contacting.mutations.contact_answer_record import ContactAnswerRecord
from schema.contacting.mutations.contact_attempt_record import ContactAttemptRecord
from schema.contacting.mutations.contact_profile_set import ContactProfileSet
from schema.contacting.mutations.contact_statement_read import ContactStatementRead
from schema.contacting.mutations.contact_statement_take_back import ContactStatementTakeBack
from schema.contacting.mutations.do_not_contact_lift import DoNotContactLift
from schema.contacting.mutations.do_not_contact_set import DoNotContactSet
from schema.contacting.mutations.opt_out_list_import import OptOutListImport
from schema.contacting.mutations.sender_profile_set import SenderProfileSet
from schema.deliveries.mutations.lead_deliver import LeadDeliver
from schema.deliveries.mutations.lead_offer import LeadOffer
from schema.deliveries.mutations.lead_purchase import LeadPurchase
from schema.feed.mutations.notification_read import NotificationRead
from schema.leads.mutations.lead_import import LeadImport
from schema.leads.mutations.lead_publish import LeadPublish
from schema.ledger.mutations.points_purchase import PointsPurchase
from schema.messages.mutations.calendar_feed_create import CalendarFeedCreate
from schema.messages.mutations.calendar_feed_revoke import CalendarFeedRevoke
from schema.messages.mutations.device_register import DeviceRegister
from schema.messages.mutations.device_remove import DeviceRemove
from schema.messages.mutations.dispatch_cancel import DispatchCancel
from schema.messages.mutations.dispatch_retry import DispatchRetry
from schema.messages.mutations.dispatch_settle import DispatchSettle
from schema.messages.mutations.notification_preference_set import NotificationPreferenceSet
from schema.messages.mutations.suppression_lift import SuppressionLift
from schema.messages.mutations.webhook_endpoint_create import WebhookEndpointCreate
from schema.messages.mutations.webhook_endpoint_delete import WebhookEndpointDelete
from schema.messages.mutations.webhook_endpoint_update import WebhookEndpointUpdate
from schema.messages.mutations.webhook_replay import WebhookReplay
from schema.messages.mutations.webhook_secret_rotate import WebhookSecretRotate
from schema.messages.mutations.webhook_test import WebhookTest
from schema.placements.mutations.banner_dismiss import BannerDismiss
from schema.policies.mutations.policy_publish import PolicyPublish
from schema.policies.mutations.policy_trial_start import PolicyTrialStart
from schema.smart_data.mutations.mail_provider_set import MailProviderSet
from schema.smart_data.mutations.organisation_person_add import OrganisationPersonAdd
from schema.smart_data.mutations.organisation_person_remove import OrganisationPersonRemove
from schema.smart_data.mutations.smart_data_forget import SmartDataForget
from schema.smart_data.mutations.smart_data_keep import SmartDataKeep
from schema.smart_data.mutations.smart_data_refresh import SmartDataRefresh
from schema.smart_data.mutations.smart_data_search import SmartDataSearchMutation
from schema.smart_data.mutations.smart_data_settings_update import SmartDataSettingsUpdate


@strawberry.type(
    description="All mutations, carried out in the order of the request. A field that fails is null, with "
    "its error in `errors`; the others are still carried out."
)
class Mutation(
    SignIn,
    TokenRefresh,
    SignOut,
    UserSettingsUpdate,
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
    BannerDismiss,
    NotificationPreferenceSet,
    DeviceRegister,
    DeviceRemove,
    SecretariatCreate,
    SecretariatUpdate,
    SecretariatConfirm,
    SecretariatNumbersSet,
    SecretariatAgentsSet,
    AskedFieldsSet,
    CallAnswerMutation,
    CallTakeOver,
    CallTransferRecord,
    CallFinish,
    CallCorrect,
    CallerErase,
    EmployeeCreate,
    EmployeeUpdate,
    EmployeeDelete,
    EmployeeImport,
    EmployeeExport,
    CallExport,
    ChatMessageSend,
    ChatRead,
    EmployeeAccessCreate,
    EmployeeAccessDelete,
    WeeklyHoursSet,
    EmployeeCalendarSet,
    EmployeeCalendarRefresh,
    EmployeeCalendarDelete,
    EmployeeCalendarImport,
    AbsenceTextSet,
    AppointmentSet,
    AppointmentDelete,
    VipCallerSet,
    VipCallerDelete,
    FaqEntrySet,
    FaqEntryDelete,
    DoNotContactSet,
    DoNotContactLift,
    OptOutListImport,
    ContactAttemptRecord,
    ContactAnswerRecord,
    ContactProfileSet,
    ContactStatementRead,
    ContactStatementTakeBack,
    SenderProfileSet,
    PhoneSystemSet,
    PhoneSystemSecretRotate,
    PhoneSystemDelete,
    DispatchRetry,
    DispatchSettle,
    DispatchCancel,
    WebhookEndpointCreate,
    WebhookEndpointUpdate,
    WebhookEndpointDelete,
    WebhookSecretRotate,
    WebhookTest,
    WebhookReplay,
    SuppressionLift,
    CalendarFeedCreate,
    CalendarFeedRevoke,
    SmartDataSettingsUpdate,
    SmartDataSearchMutation,
    SmartDataRefresh,
    SmartDataKeep,
    SmartDataForget,
    OrganisationPersonAdd,
    OrganisationPersonRemove,
    MailProviderSet,
    PolicyTrialStart,
    PolicyPublish,
):
    """Root mutation type."""
