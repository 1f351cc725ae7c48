"""All rulesets, for `leadgate rules list` and `check`, and those that `leadgate rules matrix` prints."""

from collections.abc import Mapping
from typing import Any

from rules.calls.call_closing import call_closing
from rules.calls.call_mail import call_mail
from rules.calls.call_route import call_route
from rules.calls.call_sms import call_sms
from rules.calls.presence import presence
from rules.chat.chat_access import chat_access
from rules.chat.chat_nudge import chat_nudge
from rules.chat.chat_view import chat_view
from rules.complaint import complaint
from rules.contacting.call_time import call_time
from rules.contacting.channel_for_goal import channel_for_goal
from rules.contacting.channel_preference import channel_preference
from rules.contacting.contact_advice import contact_advice
from rules.contacting.contact_permission import contact_permission
from rules.contacting.contact_right import contact_right
from rules.contacting.follow_up import follow_up
from rules.contacting.mail_time import mail_time
from rules.engine.dsl import RulesetDefinition
from rules.engine.matrix import Shape
from rules.messages.bounce import bounce
from rules.messages.dispatch import dispatch
from rules.messages.retry import retry
from rules.messages.webhook_endpoint import webhook_endpoint
from rules.placements.complaint_placement import complaint_placement
from rules.placements.placement import placement
from rules.refund import refund
from rules.review_reminder import review_reminder
from rules.smart_data.smart_data_access import smart_data_access
from rules.smart_data.smart_data_search import smart_data_search
from rules.visibility import visibility

__all__ = ["ALL", "BY_NAME", "MATRICES"]

ALL: tuple[RulesetDefinition[Any], ...] = (
    visibility,
    refund,
    review_reminder,
    complaint,
    dispatch,
    retry,
    bounce,
    webhook_endpoint,
    presence,
    call_route,
    call_mail,
    call_sms,
    call_closing,
    chat_access,
    chat_view,
    chat_nudge,
    placement,
    complaint_placement,
    contact_right,
    contact_permission,
    channel_preference,
    channel_for_goal,
    follow_up,
    contact_advice,
    call_time,
    mail_time,
    smart_data_access,
    smart_data_search,
)
BY_NAME: Mapping[str, RulesetDefinition[Any]] = {definition.name: definition for definition in ALL}

MATRICES: Mapping[RulesetDefinition[Any], Shape] = {
    placement: Shape("viewer", "place", "state", age="settled", nothing="NOTHING"),
    complaint_placement: Shape("viewer", "place", "state", age="due", nothing="NOTHING"),
}
