"""The enum `DecisionOutcome`: the verdicts of all rulesets, and that of a row that could not be filed."""

from enum import StrEnum

from schema.graphql.enums import describe


class DecisionOutcome(StrEnum):
    """What was decided."""

    VISIBLE = "VISIBLE"
    HIDDEN = "HIDDEN"
    REFUNDABLE = "REFUNDABLE"
    NOT_REFUNDABLE = "NOT_REFUNDABLE"
    REMIND = "REMIND"
    QUIET = "QUIET"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    NOT_FILED = "NOT_FILED"
    SEND = "SEND"
    HOLD = "HOLD"
    SUPPRESS = "SUPPRESS"
    EXPIRE = "EXPIRE"
    RETRY = "RETRY"
    STOP = "STOP"
    ASK = "ASK"
    SUPPRESS_FOR_A_WHILE = "SUPPRESS_FOR_A_WHILE"
    NOTE = "NOTE"
    IGNORE = "IGNORE"
    KEEP = "KEEP"
    DISABLE = "DISABLE"
    PRESENT = "PRESENT"
    REACHABLE_APPOINTMENT = "REACHABLE_APPOINTMENT"
    AWAY = "AWAY"
    OUTSIDE_HOURS = "OUTSIDE_HOURS"
    HOLIDAY = "HOLIDAY"
    TRANSFER = "TRANSFER"
    TAKE_MESSAGE = "TAKE_MESSAGE"
    FULL_NOTE = "FULL_NOTE"
    NAME_AND_NUMBER = "NAME_AND_NUMBER"
    NOTHING = "NOTHING"
    NONE = "NONE"
    SUMMARY = "SUMMARY"
    VIP = "VIP"
    ABANDON = "ABANDON"
    FLAG = "FLAG"
    WRAP_UP_OVER = "WRAP_UP_OVER"
    OPEN = "OPEN"
    READ_ONLY = "READ_ONLY"
    CLOSED = "CLOSED"
    SHOW = "SHOW"
    MASK = "MASK"
    WRITE = "WRITE"
    INFORM = "INFORM"
    WAIT = "WAIT"
    REVIEW = "REVIEW"
    ANSWER = "ANSWER"
    CONTACT = "CONTACT"
    CONFIRM_MEETING = "CONFIRM_MEETING"
    PROPOSE_MEETING = "PROPOSE_MEETING"
    COMPLAIN = "COMPLAIN"
    APPLY_ELSEWHERE = "APPLY_ELSEWHERE"
    WITHDRAW = "WITHDRAW"
    DECIDE = "DECIDE"
    GIVEN = "GIVEN"
    MISSING = "MISSING"
    ALLOWED = "ALLOWED"
    FORBIDDEN = "FORBIDDEN"
    CALL = "CALL"
    CHAT = "CHAT"
    MEET = "MEET"
    EITHER = "EITHER"
    VOICEMAIL = "VOICEMAIL"
    CALL_LATER = "CALL_LATER"
    DO_NOT_CONTACT = "DO_NOT_CONTACT"
    GOOD = "GOOD"
    FAIR = "FAIR"
    POSTPONE = "POSTPONE"
    HIDE = "HIDE"
    SEARCH = "SEARCH"
    OFFER = "OFFER"
    REFUSE = "REFUSE"


describe(
    DecisionOutcome,
    "The verdict of a decision. New rules may add values: treat an unknown one as undecided.",
    {
        "VISIBLE": "The contact data is visible.",
        "HIDDEN": "The contact data is hidden.",
        "REFUNDABLE": "The fee is refundable.",
        "NOT_REFUNDABLE": "The fee is not refundable.",
        "REMIND": "The prospect is reminded of the application.",
        "QUIET": "The prospect is not reminded, or no email about unread messages is sent.",
        "ACCEPTED": "The complaint item is accepted.",
        "REJECTED": "The complaint item is rejected.",
        "UNDER_REVIEW": "An operator decides the complaint item.",
        "NOT_FILED": "The complaint item cannot be filed.",
        "SEND": "The message is sent.",
        "HOLD": "The message waits.",
        "SUPPRESS": "The message is not sent, or the address is no longer written to.",
        "EXPIRE": "The message has become pointless.",
        "RETRY": "The attempt is repeated.",
        "STOP": "No further attempt is made.",
        "ASK": "An operator decides whether the attempt is repeated.",
        "SUPPRESS_FOR_A_WHILE": "The address is not written to for some time.",
        "NOTE": "The report is noted and changes nothing else.",
        "IGNORE": "The report is ignored.",
        "KEEP": "The webhook endpoint stays active, or the call stays open.",
        "DISABLE": "The webhook endpoint is disabled.",
        "PRESENT": "The employee can be put through.",
        "REACHABLE_APPOINTMENT": "The employee has an appointment and can be put through.",
        "AWAY": "The employee has an appointment and is away.",
        "OUTSIDE_HOURS": "It is outside the employee's hours.",
        "HOLIDAY": "It is a public holiday.",
        "TRANSFER": "The call is put through.",
        "TAKE_MESSAGE": "A message is taken.",
        "FULL_NOTE": "The email has the full note of the call.",
        "NAME_AND_NUMBER": "The email has the caller's name and number.",
        "NOTHING": "No email about the call is sent, or nothing is shown in this place.",
        "NONE": "No text message about the call is sent.",
        "SUMMARY": "A text message summarises the call.",
        "VIP": "A text message says that a VIP called.",
        "ABANDON": "The call is closed: nobody answered it.",
        "FLAG": "The call is closed and flagged: nothing was heard of it.",
        "WRAP_UP_OVER": "The call is closed: it was not finished after the caller had hung up.",
        "OPEN": "The chat can be read and written in; smart contact data is shown; or nothing is known that "
        "asks for a certain channel.",
        "READ_ONLY": "The chat can be read, but not written in.",
        "CLOSED": "The chat cannot be read.",
        "SHOW": "The message is shown as it was written, or what was found earlier is shown.",
        "MASK": "Contact data in the message is masked.",
        "WRITE": "An email about unread messages is sent, or email is preferred or advised.",
        "INFORM": "The message is for information only.",
        "WAIT": "The message says that the other side acts next; or the person must not be contacted yet, or "
        "waiting is advised, or a search is under way.",
        "REVIEW": "The message asks the viewer to open an application.",
        "ANSWER": "The message asks the viewer for an answer.",
        "CONTACT": "The message asks the viewer to get in touch with the prospect.",
        "CONFIRM_MEETING": "The message asks the viewer to confirm a meeting time.",
        "PROPOSE_MEETING": "The message says that a meeting time can be proposed.",
        "COMPLAIN": "The message says that a complaint is possible.",
        "APPLY_ELSEWHERE": "The message suggests applying for other leads.",
        "WITHDRAW": "The message says that the acceptance can be withdrawn.",
        "DECIDE": "The message asks an operator for a decision.",
        "GIVEN": "There is a right to contact the person in this way.",
        "MISSING": "There is no right to contact the person in this way.",
        "ALLOWED": "The person may be contacted in this way now.",
        "FORBIDDEN": "The person must not be contacted in this way.",
        "CALL": "A call is preferred, suits the goal or is advised.",
        "CHAT": "The chat is preferred or advised.",
        "MEET": "A meeting is preferred or advised.",
        "EITHER": "The goal suits a call as well as an email.",
        "VOICEMAIL": "A voicemail is advised.",
        "CALL_LATER": "A call is advised as soon as one is allowed.",
        "DO_NOT_CONTACT": "The person may not be contacted.",
        "GOOD": "It is a good time.",
        "FAIR": "It is an acceptable time.",
        "POSTPONE": "It is a bad time.",
        "HIDE": "Smart contact data is not shown.",
        "SEARCH": "Public sources are searched.",
        "OFFER": "Public sources can be searched if a user asks for it.",
        "REFUSE": "Public sources are not searched.",
    },
)

_MEMBERS = {member.value: member for member in DecisionOutcome}


def outcome_of(verdict: str | None) -> DecisionOutcome | None:
    """Return the verdict as a member; None for a recorded verdict that no longer exists."""
    return _MEMBERS.get(verdict or "")
