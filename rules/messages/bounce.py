"""What a report of a mail server about a delivered or undelivered message means for the address."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = [
    "BounceAbout",
    "BounceAction",
    "BounceFacts",
    "BounceReport",
    "BounceVerdict",
    "StatusClass",
    "bounce",
]


class BounceVerdict(StrEnum):
    """The verdicts."""

    SUPPRESS = "SUPPRESS"
    SUPPRESS_FOR_A_WHILE = "SUPPRESS_FOR_A_WHILE"
    NOTE = "NOTE"
    IGNORE = "IGNORE"


class BounceReport(StrEnum):
    """What was received: a delivery status (RFC 3464), an abuse report (RFC 5965), or something else."""

    DELIVERY_STATUS = "DELIVERY_STATUS"
    ABUSE = "ABUSE"
    OTHER = "OTHER"


class BounceAction(StrEnum):
    """The action of a delivery status (RFC 3464, 2.3.3)."""

    FAILED = "FAILED"
    DELAYED = "DELAYED"
    DELIVERED = "DELIVERED"
    RELAYED = "RELAYED"
    EXPANDED = "EXPANDED"
    NONE = "NONE"


class StatusClass(StrEnum):
    """The class of the enhanced status (RFC 3463)."""

    SUCCESS = "SUCCESS"  # 2
    TEMPORARY = "TEMPORARY"  # 4
    PERMANENT = "PERMANENT"  # 5
    NONE = "NONE"


class BounceAbout(StrEnum):
    """What the enhanced status is about."""

    MAILBOX = "MAILBOX"  # the address does not exist
    FULL = "FULL"
    POLICY = "POLICY"  # our reputation, or the content
    OTHER = "OTHER"


SUPPRESS, NOTE, IGNORE = BounceVerdict.SUPPRESS, BounceVerdict.NOTE, BounceVerdict.IGNORE
FOR_A_WHILE = BounceVerdict.SUPPRESS_FOR_A_WHILE


@dataclass(frozen=True, slots=True)
class BounceFacts:
    """The facts that decide about one report."""

    report: BounceReport
    action: BounceAction
    status_class: StatusClass
    about: BounceAbout
    matched: bool  # it is about a message that was sent
    required_by_law: bool  # that message was
    earlier: int  # temporary bounces of the address that were not lifted


@ruleset("bounce", BounceFacts, fail_closed=NOTE)
def bounce(p: Policy) -> None:
    """What is no report about us, abuse, then delivery statuses from harmless to final."""
    matched = m.matched
    status = matched & (m.report == BounceReport.DELIVERY_STATUS)
    failed = status & (m.action == BounceAction.FAILED)
    permanent = m.status_class == StatusClass.PERMANENT
    # Without a class, or with one that contradicts the action, nothing final is concluded.
    soft = failed & (
        m.status_class.among(StatusClass.TEMPORARY, StatusClass.NONE, StatusClass.SUCCESS)
        | (permanent & m.about.among(BounceAbout.FULL, BounceAbout.OTHER))
    )
    ours = m.about.among(BounceAbout.MAILBOX, BounceAbout.FULL, BounceAbout.OTHER)

    @rule(IGNORE, "Words.suppression", ~matched)
    def unmatched() -> None:
        """The report is not about a message that was sent from here."""

    @rule(IGNORE, "Words.suppression", matched & (m.report == BounceReport.OTHER))
    def no_report() -> None:
        """The message is not a report, such as an automatic reply."""

    @rule(SUPPRESS, "Words.suppression", matched & (m.report == BounceReport.ABUSE) & ~m.required_by_law)
    def reported_as_abuse() -> None:
        """The recipient reported the message as abuse."""

    @rule(NOTE, "Words.necessity", matched & (m.report == BounceReport.ABUSE) & m.required_by_law)
    def abuse_of_a_required_message() -> None:
        """The recipient reported a message that the law requires as abuse; it is noted."""

    @rule(
        NOTE,
        "Words.suppression",
        status & m.action.among(BounceAction.DELIVERED, BounceAction.RELAYED, BounceAction.EXPANDED),
    )
    def arrived() -> None:
        """The message was delivered or passed on."""

    @rule(NOTE, "Words.suppression", status & m.action.among(BounceAction.DELAYED, BounceAction.NONE))
    def delayed() -> None:
        """The message is delayed; a delay is not a bounce."""

    @rule(NOTE, "Words.suppression", failed & (m.about == BounceAbout.POLICY))
    def refused_by_policy() -> None:
        """The mail server refused the sender or the content; this says nothing about the address."""

    @rule(SUPPRESS, "Words.suppression", failed & permanent & (m.about == BounceAbout.MAILBOX))
    def no_such_mailbox() -> None:
        """The address does not exist."""

    @rule(FOR_A_WHILE, "Words.suppression", soft & ours & (m.earlier < p.messages.most_soft_bounces))
    def not_now() -> None:
        """The message could not be delivered now; the address is not written to for {soft_bounce_hold}."""

    @rule(SUPPRESS, "Words.suppression", soft & ours & (m.earlier >= p.messages.most_soft_bounces))
    def again_and_again() -> None:
        """Messages to the address could not be delivered {most_soft_bounces} times before."""
