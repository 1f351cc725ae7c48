"""Which text message follows a call (S4.12, S4.16, S4 R.sms): at most one per call and employee."""

from dataclasses import dataclass
from enum import StrEnum

from rules.calls.call_mail import CallOutcome
from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["CallSms", "CallSmsFacts", "call_sms"]


class CallSms(StrEnum):
    """The verdicts: what the text message says."""

    NONE = "NONE"
    SUMMARY = "SUMMARY"
    VIP = "VIP"


@dataclass(frozen=True, slots=True)
class CallSmsFacts:
    """The facts of one call that has ended, and of the employee who may be told."""

    outcome: CallOutcome
    sms_tick: bool
    vip_tick: bool
    vip: bool  # the caller is a preferred VIP of the company or of this employee
    mobile: bool  # the employee has a mobile number
    plan_transfers: bool


@ruleset("call_sms", CallSmsFacts, fail_closed=CallSms.NONE)
def call_sms(p: Policy) -> None:  # noqa: ARG001 - nothing of it is the policy's
    """What makes a text impossible or pointless, then the VIP's, then the summary, then why there is none."""
    told = m.outcome.among(
        CallOutcome.TRANSFERRED, CallOutcome.MESSAGE_TAKEN, CallOutcome.FAQ_ANSWERED, CallOutcome.UNFINISHED
    )

    @rule(CallSms.NONE, "S4.12", ~m.mobile)
    def no_mobile() -> None:
        """The employee has no mobile number."""

    @rule(CallSms.NONE, "S4.19", m.outcome == CallOutcome.ABANDONED)
    def nothing_to_tell() -> None:
        """The caller hung up before there was anything to tell."""

    @rule(CallSms.VIP, "S4.16", m.mobile & told & m.vip & m.vip_tick & m.plan_transfers)
    def vip_call() -> None:
        """A VIP called, and the employee wants a text message then."""

    @rule(CallSms.SUMMARY, "S4.12", m.mobile & told & m.sms_tick & (~m.vip | ~m.vip_tick | ~m.plan_transfers))
    def summary() -> None:
        """The employee wants a short summary of each call."""

    @rule(CallSms.NONE, "S4.16", ~m.sms_tick & m.vip_tick & m.vip & ~m.plan_transfers)
    def vip_sms_not_in_plan() -> None:
        """A VIP called, but text messages about VIPs need a plan with transfer."""

    @rule(CallSms.NONE, "S4.16", ~m.sms_tick & m.vip_tick & ~m.vip)
    def no_vip() -> None:
        """The employee wants text messages about VIPs only, and the caller is not one."""

    @rule(CallSms.NONE, "S4.12", ~m.sms_tick & ~m.vip_tick)
    def no_tick() -> None:
        """The employee does not want text messages."""
