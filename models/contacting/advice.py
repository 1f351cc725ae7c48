"""Which medium, when and how: the advice for a lead, as a chain of decisions (S3.1 to S3.8, S3.14 and on)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from models.base.local_time import day_start, local_day
from models.contact_data.channel import Channel
from models.contacting.advice_views import (
    AdviceInput,
    AdviceView,
    AdviceWarning,
    KnownWays,
    StatementView,
)
from models.contacting.advice_words import GentleLead, Meanwhile
from models.contacting.checklist_words import Checklist
from models.contacting.facts import ContactCase
from models.contacting.markers.kinds import StatementKind, Strength
from models.contacting.moments import (
    Stretch,
    best_for_call,
    best_for_email,
    best_for_voicemail,
    call_moment,
    mail_moment,
)
from models.contacting.permissions import MediumPermissionView
from models.contacting.record_attempt import MEDIUM_OF_ADVICE
from models.contacting.statement_origin import StatementOrigin
from models.contacting.tables import ContactOutcome
from models.contacting.zones import Whereabouts, whereabouts
from rules import Decision, Policy, decide
from rules.contacting.call_time import Moment
from rules.contacting.channel_for_goal import GoalChannel, GoalFacts, channel_for_goal
from rules.contacting.channel_preference import Preference, PreferenceFacts, Said, channel_preference
from rules.contacting.contact_advice import Advice, AdviceFacts, contact_advice
from rules.contacting.contact_permission import ContactPermission
from rules.contacting.follow_up import FollowUp, FollowUpFacts, LastContact, PersonStatus, follow_up
from rules.contacting.terms import ContactPurpose, Medium

_FRIDAY = 5
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a person was last contacted who never was
_SAID: Mapping[StatementKind, Said] = {
    StatementKind.CALL: Said.CALL,
    StatementKind.WRITE: Said.WRITE,
    StatementKind.CHAT: Said.CHAT,
    StatementKind.MEET: Said.MEET,
    StatementKind.CANNOT_TALK: Said.CANNOT_TALK,
}
_CHOSEN: Mapping[Channel, Said] = {
    Channel.PHONE: Said.CALL,
    Channel.EMAIL: Said.WRITE,
    Channel.CHAT: Said.CHAT,
    Channel.VIDEO_MEETING: Said.MEET,
}
_LAST: Mapping[ContactOutcome, LastContact] = {
    ContactOutcome.SPOKE: LastContact.SPOKE,
    ContactOutcome.SPOKE_TO_ASSISTANT: LastContact.SPOKE_TO_ASSISTANT,
    ContactOutcome.NO_ANSWER: LastContact.NO_ANSWER,
    ContactOutcome.VOICEMAIL: LastContact.VOICEMAIL,
    ContactOutcome.CALLBACK_PROMISED: LastContact.CALLBACK_PROMISED,
    ContactOutcome.WROTE: LastContact.WROTE,
    ContactOutcome.ANSWERED: LastContact.ANSWERED,
    ContactOutcome.BOUNCED: LastContact.BOUNCED,
    ContactOutcome.REFUSED: LastContact.REFUSED,
    ContactOutcome.MEETING_AGREED: LastContact.SPOKE,
    ContactOutcome.WRONG_NUMBER: LastContact.WRONG_NUMBER,
}
_CHECKLIST: Mapping[Advice, Checklist] = {
    Advice.CALL: Checklist.CALL,
    Advice.CALL_LATER: Checklist.CALL,
    Advice.VOICEMAIL: Checklist.VOICEMAIL,
    Advice.WRITE: Checklist.EMAIL,
}
_CALLS = frozenset({Advice.CALL, Advice.CALL_LATER, Advice.VOICEMAIL})
_SPOKEN = _CALLS | {Advice.MEET}


def preference_of(known: KnownWays, case: ContactCase, at: datetime) -> Decision:
    """Return which medium the person prefers, as far as it is known at an instant."""
    answered, answered_at = _answer(known, at)
    marker = _marker(known.statements, at)
    facts = PreferenceFacts(
        answered=answered,
        marker=_SAID[marker.kind] if marker else Said.NOTHING,
        marker_is_newer=marker is not None and marker.at > answered_at,
        house_reads_mail=known.house_reads_mail,
        days=known.profile.days,
        temper=known.profile.temper,
    )
    return decide(channel_preference, case.policy, facts, at)


def advise(case: ContactCase, known: KnownWays, given: AdviceInput, at: datetime) -> AdviceView:
    """Return the advice for the person of a lead at an instant (aware); it reads no clock and no database.

    What it depends on is the same for many leads of a page, as long as their people have said nothing.
    """
    at = at.astimezone(UTC)
    allowed = case.permissions(ContactPurpose.THE_LEAD, at)
    if known.statements:
        return _advise(case, known, given, at, allowed)
    # People with the same permissions are in the same place; when a channel was chosen counts beside
    # statements only.
    ways = known.profile, known.house_reads_mail, known.chosen, known.last, known.bought, (*known.accepts,)
    key = id(allowed), at, given, *ways
    view = case.advised.get(key)
    if view is None:
        view = case.advised[key] = _advise(case, known, given, at, allowed)
    return view if view.lead_id == case.lead_id else replace(view, lead_id=case.lead_id)


def _advise(
    case: ContactCase,
    known: KnownWays,
    given: AdviceInput,
    at: datetime,
    allowed: Sequence[MediumPermissionView],
) -> AdviceView:
    policy = case.policy
    preference = preference_of(known, case, at)
    goal = decide(channel_for_goal, policy, GoalFacts(given.goal, given.urgent, given.feelings), at)
    follow = decide(follow_up, policy, _follow_up_facts(known, at), at)
    by_medium = {view.medium: view for view in allowed}
    advice = decide(contact_advice, policy, _facts(preference, goal, follow, by_medium), at)
    verdict = Advice(advice.verdict)
    where = whereabouts(case.person, policy)
    spoken = verdict in _SPOKEN or verdict not in MEDIUM_OF_ADVICE
    moment = call_moment(where, at, policy) if spoken else mail_moment(where, at, policy)
    best = _best(verdict, _earliest(known, follow, by_medium, where, verdict, at), where, policy)
    hours = by_medium[Medium.CALL].hours
    assert hours is not None  # noqa: S101 - calls have hours
    leads_to = _leads_to(verdict, known)
    return AdviceView(
        lead_id=case.lead_id,
        advice=advice,
        because=(preference, goal, follow, *_chain(allowed)),
        moment=moment,
        best=best,
        hours=hours,
        meanwhile=_meanwhile(verdict, best, at),
        lead=GentleLead[leads_to.name] if leads_to else None,
        warnings=tuple(_warnings(verdict, goal, moment, known, where, leads_to)),
        checklist=_CHECKLIST.get(verdict),
    )


def _facts(
    preference: Decision,
    goal: Decision,
    follow: Decision,
    by_medium: Mapping[Medium, MediumPermissionView],
) -> AdviceFacts:
    now = {medium: ContactPermission(view.permission.verdict) for medium, view in by_medium.items()}
    return AdviceFacts(
        follow_up=FollowUp(follow.verdict),
        preference=Preference(preference.verdict),
        goal=GoalChannel(goal.verdict),
        call=now[Medium.CALL],
        email=now[Medium.EMAIL] is ContactPermission.ALLOWED,
        chat=now[Medium.CHAT] is ContactPermission.ALLOWED,
        meeting=now[Medium.MEETING] is ContactPermission.ALLOWED,
    )


def _chain(allowed: Sequence[MediumPermissionView]) -> Iterator[Decision]:
    for view in allowed:
        yield view.right
        yield view.permission


def _answer(known: KnownWays, at: datetime) -> tuple[Said, datetime]:
    """Return the newest answer to the direct question, or what was chosen with the lead, and when."""
    chosen = (_CHOSEN[known.chosen], known.chosen_at) if known.chosen else (Said.NOTHING, _NEVER)
    answer = next(
        (
            statement
            for statement in known.statements
            if statement.origin is StatementOrigin.ANSWER and _counts(statement, at)
        ),
        None,
    )
    return chosen if answer is None else (_SAID[answer.kind], answer.at)


def _marker(statements: Sequence[StatementView], at: datetime) -> StatementView | None:
    """Return the newest sign of a medium that decides: a strong one, or a weak one that another repeats."""
    weak: dict[StatementKind, StatementView] = {}
    for statement in statements:
        if statement.kind not in _SAID or statement.origin is StatementOrigin.ANSWER:
            continue
        if not _counts(statement, at):
            continue
        if statement.strength is Strength.STRONG:
            # A weak one of the same kind that is newer agrees with it.
            return weak.get(statement.kind, statement)
        if statement.kind in weak:
            return weak[statement.kind]
        weak[statement.kind] = statement
    return None


def _counts(statement: StatementView, at: datetime) -> bool:
    return statement.taken_back_at is None and statement.at <= at


def _follow_up_facts(known: KnownWays, at: datetime) -> FollowUpFacts:
    """Return the last contact: the newest attempt, unless the person has spoken since."""
    last = known.last if known.last is not None and known.last.at <= at else None
    outcome = _LAST[last.outcome] if last else LastContact.NONE
    when = last.at if last else _NEVER
    spoke = next((one for one in known.statements if _counts(one, at)), None)
    if spoke is not None and spoke.at > when:
        if spoke.kind is StatementKind.CALLBACK_PROMISED:
            outcome, when = LastContact.CALLBACK_PROMISED, spoke.at
        elif last is not None and spoke.kind is not StatementKind.OUT_OF_OFFICE:
            outcome, when = LastContact.ANSWERED, spoke.at
    return FollowUpFacts(
        last=outcome, status=known.profile.status, knows_number=known.profile.knows_number, last_at=when
    )


def _earliest(
    known: KnownWays,
    follow: Decision,
    by_medium: Mapping[Medium, MediumPermissionView],
    where: Whereabouts,
    verdict: Advice,
    at: datetime,
) -> datetime | None:
    """Return from when on it can be done; None if nothing says so."""
    earliest = at
    absent = max(
        (
            statement.until
            for statement in known.statements
            if statement.kind is StatementKind.OUT_OF_OFFICE and statement.until and _counts(statement, at)
        ),
        default=None,
    )
    if absent is not None:
        back = day_start(absent + timedelta(days=1), ZoneInfo(where.zones[0]))
        earliest = max(earliest, back)
    if verdict is Advice.WAIT:
        return max(earliest, follow.changes_at) if follow.changes_at else None
    if verdict is Advice.CALL_LATER:
        opens = by_medium[Medium.CALL].permission.changes_at
        return max(earliest, opens) if opens else None
    return earliest


def _best(verdict: Advice, earliest: datetime | None, where: Whereabouts, policy: Policy) -> Stretch | None:
    if earliest is None:
        return None
    if verdict in {Advice.CALL, Advice.CALL_LATER, Advice.MEET, Advice.WAIT}:
        return best_for_call(where, earliest, policy)
    if verdict is Advice.VOICEMAIL:
        return best_for_voicemail(where, earliest, policy)
    if verdict in {Advice.WRITE, Advice.CHAT}:
        return best_for_email(where, earliest, policy)
    return None


def _meanwhile(verdict: Advice, best: Stretch | None, at: datetime) -> Meanwhile | None:
    """Return what can be done now; None if the advice itself can."""
    if verdict is Advice.DO_NOT_CONTACT:
        return Meanwhile.LEAVE_ALONE
    if verdict is Advice.WAIT:
        return Meanwhile.READ_UP
    if best is not None and best.start <= at and verdict is not Advice.CALL_LATER:
        return None
    if verdict is Advice.VOICEMAIL:
        return Meanwhile.PREPARE_VOICEMAIL
    return Meanwhile.DRAFT_EMAIL if verdict in {Advice.WRITE, Advice.CHAT} else Meanwhile.WRITE_PROPOSAL


def _leads_to(verdict: Advice, known: KnownWays) -> Medium | None:
    """Return the medium that the vendor wants to lead to, if it does not accept the advised one."""
    medium = MEDIUM_OF_ADVICE.get(verdict)
    if medium is None or not known.accepts or medium in known.accepts:
        return None
    return known.accepts[0]


def _warnings(
    verdict: Advice,
    goal: Decision,
    moment: Decision,
    known: KnownWays,
    where: Whereabouts,
    leads_to: Medium | None,
) -> Iterator[AdviceWarning]:
    wanted = GoalChannel(goal.verdict)
    if verdict in {Advice.WRITE, Advice.CHAT} and wanted is GoalChannel.CALL:
        yield AdviceWarning.COMPLEX_BY_MAIL
    if verdict in _CALLS and wanted is GoalChannel.WRITE:
        yield AdviceWarning.TRIFLE_BY_PHONE
    if len(where.zones) > 1:
        yield AdviceWarning.ZONE_UNSURE
    if known.bought:
        yield AdviceWarning.GREAT_CAUTION
    if verdict is Advice.CALL and moment.verdict is Moment.GOOD and _on_friday(where, moment):
        yield AdviceWarning.CONTRADICTED_BY_DATA
    if verdict in _CALLS and known.profile.status is PersonStatus.SENIOR:
        yield AdviceWarning.EXPECT_AN_ASSISTANT
    if leads_to is not None:
        yield AdviceWarning.SENDER_PREFERS_ANOTHER


def _on_friday(where: Whereabouts, moment: Decision) -> bool:
    return local_day(moment.decided_at, ZoneInfo(where.zones[0])).isoweekday() == _FRIDAY
