"""Whether a call is put through to an employee, or a message is taken (S4.5, S4.13 to S4.18, readings)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.calls.presence import Presence
from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["AnswerSoFar", "CallRoute", "CallRouteFacts", "CallerStanding", "TransferWish", "call_route"]


class CallRoute(StrEnum):
    """The verdicts."""

    TRANSFER = "TRANSFER"
    TAKE_MESSAGE = "TAKE_MESSAGE"


class TransferWish(StrEnum):
    """Which calls an employee wants put through (S4.15, S4.17)."""

    NONE = "NONE"
    ALL = "ALL"
    VIP_ONLY = "VIP_ONLY"


class CallerStanding(StrEnum):
    """What a caller is to an employee, towards the wanted one and the candidate; the stronger one counts."""

    ORDINARY = "ORDINARY"
    WITHHELD = "WITHHELD"
    VIP_OF_COMPANY = "VIP_OF_COMPANY"
    VIP_OF_EMPLOYEE = "VIP_OF_EMPLOYEE"
    UNWANTED = "UNWANTED"


class AnswerSoFar(StrEnum):
    """What an employee has answered to this call so far (S4.18)."""

    NONE = "NONE"
    LEFT_MESSAGE = "LEFT_MESSAGE"
    DECLINED = "DECLINED"


@dataclass(frozen=True, slots=True)
class CallRouteFacts:
    """The facts of one call and one candidate for it."""

    plan_transfers: bool
    confirmed: bool  # the company has checked its set-up since it was last changed
    hop: int  # 0 is the employee who is wanted, 1 the deputy, 2 the deputy's deputy
    wish: TransferWish
    standing: CallerStanding
    has_extension: bool
    presence: Presence
    tried: bool  # this employee, in this call
    answer: AnswerSoFar


TRANSFER, TAKE_MESSAGE = CallRoute.TRANSFER, CallRoute.TAKE_MESSAGE
_VIPS = (CallerStanding.VIP_OF_COMPANY, CallerStanding.VIP_OF_EMPLOYEE)
_NOT_VIPS = (CallerStanding.ORDINARY, CallerStanding.WITHHELD, CallerStanding.UNWANTED)
_NOT_UNWANTED = (CallerStanding.ORDINARY, CallerStanding.WITHHELD, *_VIPS)


@ruleset(
    "call_route",
    CallRouteFacts,
    fail_closed=TAKE_MESSAGE,
    switches={
        "unconfirmed_takes_messages": lambda policy: policy.call.unconfirmed_takes_messages,
        "deputy_after_decline": lambda policy: policy.call.deputy_after_decline,
    },
)
def call_route(p: Policy) -> None:
    """What holds for the company, then for this call, then for the employee; then the transfers.

    A deputy's transfers are split by wish and by what was answered before: one condition has at most 16
    comparisons.
    """
    wanted, deputy = m.hop < 1, m.hop >= 1
    stands_in = deputy & (m.hop <= p.call.deputy_hops)
    able = (
        m.plan_transfers
        & (m.confirmed | ~m.unconfirmed_takes_messages)
        & m.has_extension
        & m.presence.among(Presence.PRESENT, Presence.REACHABLE_APPOINTMENT)
        & ~m.tried
    )
    unanswered = m.answer == AnswerSoFar.NONE
    declined_before = (m.answer == AnswerSoFar.DECLINED) & m.deputy_after_decline
    wants_all = (m.wish == TransferWish.ALL) & m.standing.among(*_NOT_UNWANTED)
    wants_vip = (m.wish == TransferWish.VIP_ONLY) & m.standing.among(*_VIPS)

    @rule(TAKE_MESSAGE, "S4.5", ~m.plan_transfers)
    def plan_without_transfer() -> None:
        """The company's plan has no transfers."""

    @rule(TAKE_MESSAGE, "S4 R.confirmation", ~m.confirmed & m.unconfirmed_takes_messages)
    def not_confirmed() -> None:
        """The company has not confirmed its set-up."""

    @rule(TAKE_MESSAGE, "S4.18", m.answer == AnswerSoFar.LEFT_MESSAGE)
    def message_for_caller() -> None:
        """An employee left a message for the caller, which ends the transfer."""

    @rule(
        TAKE_MESSAGE,
        "S4 R.decline",
        (m.answer == AnswerSoFar.DECLINED) & (wanted | ~m.deputy_after_decline),
    )
    def declined() -> None:
        """An employee was reached and declined the call."""

    @rule(TAKE_MESSAGE, "S4 R.unwanted", m.standing == CallerStanding.UNWANTED)
    def unwanted_caller() -> None:
        """The caller is listed as unwanted and is never put through."""

    @rule(TAKE_MESSAGE, "S4.17", m.wish == TransferWish.NONE)
    def no_tick() -> None:
        """The employee does not want calls to be put through."""

    @rule(TAKE_MESSAGE, "S4.15", (m.wish == TransferWish.VIP_ONLY) & m.standing.among(*_NOT_VIPS))
    def vips_only() -> None:
        """The employee wants only VIPs to be put through, and the caller is not one."""

    @rule(TAKE_MESSAGE, "S4.15", ~m.has_extension)
    def no_extension() -> None:
        """There is no extension to put the call through to."""

    @rule(TAKE_MESSAGE, "S4.21", m.presence == Presence.AWAY)
    def appointment() -> None:
        """The employee has an appointment and is away."""

    @rule(TAKE_MESSAGE, "S4 R.hours", m.presence == Presence.OUTSIDE_HOURS)
    def outside_hours() -> None:
        """It is outside the employee's hours."""

    @rule(TAKE_MESSAGE, "S4 R.hours", m.presence == Presence.HOLIDAY)
    def holiday() -> None:
        """It is a public holiday."""

    @rule(TAKE_MESSAGE, "S4.13", m.tried)
    def tried_before() -> None:
        """The employee was tried in this call already."""

    @rule(TAKE_MESSAGE, "S4 R.deputies", m.hop > p.call.deputy_hops)
    def beyond_hops() -> None:
        """The chain of deputies is longer than the policy allows ({deputy_hops})."""

    @rule(TRANSFER, "S4.15", able & wanted & unanswered & wants_all)
    def takes_all() -> None:
        """The employee wants all calls to be put through."""

    @rule(TRANSFER, "S4.15", able & wanted & unanswered & wants_vip)
    def takes_vips() -> None:
        """The employee wants VIPs to be put through, and the caller is one."""

    @rule(TRANSFER, "S4.13", able & stands_in & unanswered & wants_all)
    def deputy_takes_all() -> None:
        """The deputy stands in and wants all calls to be put through."""

    @rule(TRANSFER, "S4.13", able & stands_in & unanswered & wants_vip)
    def deputy_takes_vips() -> None:
        """The deputy stands in and wants VIPs to be put through, and the caller is one."""

    @rule(TRANSFER, "S4 R.decline", able & stands_in & declined_before & wants_all)
    def deputy_after_no() -> None:
        """An employee declined the call; the deputy wants all calls to be put through."""

    @rule(TRANSFER, "S4 R.decline", able & stands_in & declined_before & wants_vip)
    def deputy_after_no_for_vip() -> None:
        """An employee declined the call; the deputy wants VIPs to be put through, and the caller is one."""
