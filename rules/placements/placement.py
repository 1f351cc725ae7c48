"""What each side of an application is shown, where, and until when (S1.11, S1.8)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.placements.terms import Audience, Placement, Shown
from rules.policy import Policy

__all__ = ["ApplicationState", "MeetingTime", "PlacementFacts", "placement"]


class ApplicationState(StrEnum):
    """What became of an application, as the visibility of the contact data was decided.

    UNANSWERED is hidden until it is settled by silence, and revealed from then on. CLOSED: the contact data
    was closed, or the application ended without an answer.
    """

    UNANSWERED = "UNANSWERED"
    ACCEPTED = "ACCEPTED"
    DECLINED_IN_TIME = "DECLINED_IN_TIME"
    DECLINED_LATE = "DECLINED_LATE"
    WITHDRAWN = "WITHDRAWN"
    CLOSED = "CLOSED"


class MeetingTime(StrEnum):
    """The latest meeting time, from the viewer's side."""

    NONE = "NONE"
    PROPOSED_BY_THEM = "PROPOSED_BY_THEM"
    PROPOSED_BY_YOU = "PROPOSED_BY_YOU"
    AGREED = "AGREED"


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """The facts that decide what one viewer is shown about one application in one place."""

    viewer: Audience
    place: Placement
    state: ApplicationState
    settled: datetime  # when the state began; for UNANSWERED, when silence reveals the contact data
    reviewed: bool  # the prospect has opened the application
    meeting: MeetingTime
    meeting_at: datetime  # its time; without one it has no effect
    refunded: bool
    complained: bool  # a complaint about this delivery is open, or was remedied
    window: datetime  # when the complaint window ends; without a delivery it has no effect
    dismissed: bool  # this user has dismissed the banner of this rule


NOTHING, INFORM = Shown.NOTHING, Shown.INFORM


@ruleset("placement", PlacementFacts, since=("settled", "meeting_at", "window"), fail_closed=NOTHING)
def placement(p: Policy) -> None:  # noqa: PLR0915 - one statement per rule
    """By place: banners, tooltips, system messages, notifications; then where nothing is shown.

    A prospect is asked for an answer first: a vendor who proposes a time cannot hide that question.
    """
    vendor, prospect = m.viewer == Audience.VENDOR, m.viewer == Audience.PROSPECT
    party = m.viewer.among(Audience.VENDOR, Audience.PROSPECT)
    banner, tooltip = m.place == Placement.BANNER, m.place == Placement.TOOLTIP
    message, notice = m.place == Placement.SYSTEM_MESSAGE, m.place == Placement.NOTIFICATION

    unanswered, accepted = m.state == ApplicationState.UNANSWERED, m.state == ApplicationState.ACCEPTED
    waiting, silent = unanswered & (m.settled < 0), unanswered & (m.settled >= 0)
    running = m.state.among(ApplicationState.UNANSWERED, ApplicationState.ACCEPTED)
    revealed = accepted | silent
    refused = m.state == ApplicationState.DECLINED_IN_TIME
    late = m.state.among(ApplicationState.DECLINED_LATE, ApplicationState.WITHDRAWN)
    over = m.state.among(
        ApplicationState.DECLINED_IN_TIME, ApplicationState.DECLINED_LATE, ApplicationState.WITHDRAWN
    )
    closed = m.state == ApplicationState.CLOSED
    done = over | closed
    news, old = m.settled < p.placement.news_for, m.settled >= p.placement.news_for

    theirs, yours = m.meeting == MeetingTime.PROPOSED_BY_THEM, m.meeting == MeetingTime.PROPOSED_BY_YOU
    coming, begun = m.meeting_at < 0, m.meeting_at >= 0
    asked = theirs & coming
    agreed = m.meeting == MeetingTime.AGREED
    not_asked = m.meeting.among(MeetingTime.NONE, MeetingTime.PROPOSED_BY_YOU, MeetingTime.AGREED) | begun
    no_time = m.meeting.among(MeetingTime.NONE, MeetingTime.PROPOSED_BY_YOU) | begun
    complainable = (revealed | late) & ~m.refunded & ~m.complained & (m.window < 0)
    not_complainable = (revealed | late) & (m.refunded | m.complained | (m.window >= 0))

    # Banners. What waits for the viewer's answer cannot be dismissed.
    @rule(Shown.CONFIRM_MEETING, "S1.11", vendor & banner & running & asked)
    def vendor_asked_for_time() -> None:
        """The prospect has proposed a meeting time that the vendor can confirm until then."""

    @rule(Shown.WAIT, "S1.11", vendor & banner & ~m.dismissed & waiting & not_asked)
    def vendor_waits() -> None:
        """The prospect has not answered yet, and the contact data is hidden."""

    @rule(Shown.CONTACT, "S1.11", vendor & banner & ~m.dismissed & revealed & news & not_asked)
    def vendor_can_contact() -> None:
        """The contact data was revealed, and the vendor can get in touch."""

    @rule(Shown.APPLY_ELSEWHERE, "S1.8", vendor & banner & ~m.dismissed & refused & news)
    def vendor_declined() -> None:
        """The prospect declined in time, and the vendor can apply for other leads."""

    @rule(INFORM, "S1.8", vendor & banner & ~m.dismissed & late & news)
    def vendor_declined_after_reveal() -> None:
        """The prospect declined or withdrew after the contact data had been revealed; it stays visible."""

    @rule(INFORM, "S1.11", vendor & banner & ~m.dismissed & closed & news)
    def vendor_contact_closed() -> None:
        """The contact data was closed; the person must not be contacted."""

    @rule(Shown.REVIEW, "S1.11", prospect & banner & ~m.reviewed & waiting)
    def prospect_reviews() -> None:
        """The prospect has not opened the application, and the time to answer is running."""

    @rule(Shown.ANSWER, "S1.11", prospect & banner & m.reviewed & waiting)
    def prospect_answers() -> None:
        """The prospect has opened the application but not answered, and the time to answer is running."""

    @rule(Shown.CONFIRM_MEETING, "S1.11", prospect & banner & revealed & asked)
    def prospect_asked_for_time() -> None:
        """The vendor has proposed a meeting time that the prospect can confirm until then."""

    @rule(INFORM, "S1.11", prospect & banner & ~m.dismissed & revealed & news & not_asked)
    def prospect_disclosed() -> None:
        """The contact data was revealed to the vendor."""

    # Tooltips: why it is so, and what else is possible.
    @rule(Shown.WAIT, "S1.11", vendor & tooltip & waiting)
    def why_hidden() -> None:
        """The contact data is hidden until the prospect accepts or the time to answer is over."""

    @rule(Shown.COMPLAIN, "S1.11", vendor & tooltip & complainable)
    def complaint_possible() -> None:
        """The vendor can complain about the contact until the complaint window ends."""

    @rule(INFORM, "S1.11", vendor & tooltip & not_complainable)
    def complaint_impossible() -> None:
        """No complaint is possible now: one is open or was remedied, the window has ended, or the fee was
        refunded.
        """

    @rule(INFORM, "S1.8", vendor & tooltip & refused)
    def why_never_visible() -> None:
        """The prospect declined in time, so the contact data stays hidden."""

    @rule(INFORM, "S1.11", vendor & tooltip & closed)
    def why_closed() -> None:
        """The contact data is closed, because the person must not be contacted."""

    @rule(Shown.CONFIRM_MEETING, "S1.11", prospect & tooltip & waiting & asked)
    def time_proposed_before_answer() -> None:
        """The vendor has proposed a meeting time, and the prospect has not answered the application yet."""

    @rule(INFORM, "S1.11", prospect & tooltip & waiting & not_asked)
    def not_disclosed_yet() -> None:
        """The vendor cannot see the contact data before an acceptance or the end of the time to answer."""

    @rule(Shown.WITHDRAW, "S1.11", prospect & tooltip & accepted)
    def withdrawal_possible() -> None:
        """The prospect accepted and can still withdraw; contact data already revealed stays visible."""

    @rule(Shown.ANSWER, "S1.11", prospect & tooltip & silent)
    def answer_still_possible() -> None:
        """The contact data was revealed without an answer; the prospect can still accept or decline."""

    @rule(INFORM, "S1.8", prospect & tooltip & refused)
    def never_disclosed() -> None:
        """The prospect declined in time, so the vendor never sees the contact data."""

    @rule(INFORM, "S1.11", prospect & tooltip & late)
    def disclosed_before() -> None:
        """The prospect declined or withdrew after the contact data had been revealed; the vendor keeps it."""

    # System messages in the conversation: what silence means, then the meeting.
    @rule(INFORM, "S1.11", vendor & message & waiting)
    def silence_reveals() -> None:
        """Without an answer, the contact data is revealed to the vendor automatically."""

    @rule(INFORM, "S1.11", prospect & message & waiting)
    def silence_discloses() -> None:
        """Without an answer, the prospect's contact data is revealed to the vendor automatically."""

    @rule(Shown.CONFIRM_MEETING, "S1.11", party & message & revealed & asked)
    def time_proposed() -> None:
        """The other side has proposed a meeting time."""

    @rule(Shown.WAIT, "S1.11", party & message & revealed & yours & coming)
    def time_not_confirmed() -> None:
        """The viewer has proposed a meeting time that the other side has not confirmed yet."""

    @rule(INFORM, "S1.11", party & message & revealed & agreed & coming)
    def meeting_comes() -> None:
        """Both sides know the meeting time, and it is still to come."""

    @rule(
        Shown.PROPOSE_MEETING,
        "S1.11",
        party & message & revealed & ((m.meeting == MeetingTime.NONE) | begun),
    )
    def no_meeting_ahead() -> None:
        """No meeting is ahead, and either side can propose a time."""

    @rule(INFORM, "S1.8", party & message & over)
    def answer_was_no() -> None:
        """The prospect declined, or withdrew the acceptance."""

    @rule(INFORM, "S1.11", vendor & message & closed)
    def no_more_contact() -> None:
        """The person must not be contacted."""

    # Notifications have words of their own; these say what they ask of the reader now.
    @rule(Shown.CONFIRM_MEETING, "S1.11", party & notice & running & asked)
    def notice_of_time() -> None:
        """The other side's proposal of a meeting time is open."""

    @rule(INFORM, "S1.11", party & notice & running & agreed & coming)
    def notice_of_meeting() -> None:
        """The agreed meeting time is still to come."""

    @rule(Shown.WAIT, "S1.11", vendor & notice & waiting & no_time)
    def notice_to_wait() -> None:
        """The prospect has not answered yet."""

    @rule(Shown.CONTACT, "S1.11", vendor & notice & revealed & no_time & (m.window < 0))
    def notice_to_contact() -> None:
        """The contact data is visible, and a complaint would still be in time."""

    @rule(Shown.APPLY_ELSEWHERE, "S1.8", vendor & notice & refused)
    def notice_of_decline() -> None:
        """The prospect declined in time."""

    @rule(INFORM, "S1.11", vendor & notice & revealed & no_time & (m.window >= 0))
    def notice_after_window() -> None:
        """The complaint window of the contact has ended."""

    @rule(INFORM, "S1.8", vendor & notice & (late | closed))
    def notice_of_end() -> None:
        """The prospect declined or withdrew after the reveal, or the contact data was closed."""

    @rule(Shown.REVIEW, "S1.11", prospect & notice & waiting & no_time & ~m.reviewed)
    def notice_to_review() -> None:
        """The prospect has not opened the application."""

    @rule(Shown.ANSWER, "S1.11", prospect & notice & waiting & no_time & m.reviewed)
    def notice_to_answer() -> None:
        """The prospect has not answered the application."""

    @rule(Shown.WITHDRAW, "S1.11", prospect & notice & accepted & no_time)
    def notice_of_acceptance() -> None:
        """The prospect accepted and can still withdraw."""

    @rule(INFORM, "S1.11", prospect & notice & silent & no_time)
    def notice_of_disclosure() -> None:
        """The contact data was revealed without an answer."""

    @rule(INFORM, "S1.8", prospect & notice & over)
    def notice_of_own_decline() -> None:
        """The prospect declined, or withdrew the acceptance."""

    # Nothing.
    @rule(NOTHING, "S1.11", m.viewer == Audience.OPERATOR)
    def not_a_party() -> None:
        """Operators are not a party to an application."""

    @rule(NOTHING, "S1.11", prospect & closed)
    def prospect_left_alone() -> None:
        """The person must not be contacted, so the prospect is shown nothing."""

    @rule(NOTHING, "S1.11", prospect & banner & over)
    def prospect_answered() -> None:
        """The prospect declined or withdrew; no answer is needed."""

    @rule(
        NOTHING,
        "S1.11",
        vendor & banner & m.dismissed & ((running & not_asked) | done),
        prospect & banner & m.dismissed & revealed & not_asked,
    )
    def banner_dismissed() -> None:
        """The user has dismissed this banner."""

    @rule(
        NOTHING,
        "S1.11",
        vendor & banner & ~m.dismissed & old & ((revealed & not_asked) | done),
        prospect & banner & ~m.dismissed & old & revealed & not_asked,
    )
    def no_longer_news() -> None:
        """This has been known for some time, so the banner is no longer shown."""
