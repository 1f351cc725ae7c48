"""Owns the English catalog; of sentences only what people decide: the rules are written in English themselves.

It must not say what the other catalogs do not: a test compares them.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Catalog, Notice

_COMPLAIN = "If it is faulty, you can complain about it before {complaint_until}."
_REACH = "You see it on your dashboard: get in touch now."
_MEETING = "You can move or cancel it until it begins."
_ANSWER = (
    "You can accept or decline it before {answer_until}.",
    "If you accept, {vendor} sees your contact data at once; without an answer it opens by itself then.",
    "If you decline before, it stays closed.",
)
_FEE = (
    "Returned to your account: {returned}.",
    "The fee is not returned ({kept}); the application says why.",
)

ENGLISH = Catalog(
    language="en",
    points={"one": "{number} point", "other": "{number} points"},
    moment="{date}, {time} {zone}",
    sentences={
        "complaint": {
            "operator_decided": "The operator looked at it and decided.",
            "operator_overrode": "The operator decided otherwise than the rules say; the reason is on record.",
        },
    },
    changes={
        "visibility.VISIBLE": "Without an answer it opens by itself: {at}.",
        "review_reminder.REMIND": "Without an answer a reminder is sent: {at}.",
        "other": "It changes by itself: {at}.",
    },
    disagreement="Two checks of the rules disagree, so the safe answer was given; the operator was told.",
    notices={
        "APPLICATION_RECEIVED": Notice("{vendor} applied for “{lead}”", ("Read the introduction.", *_ANSWER)),
        "REVIEW_REMINDER.not_reviewed": Notice(
            "Please review an application for “{lead}”",
            (
                "You have not opened the application of {vendor} yet.",
                *_ANSWER,
                "Say whether you want to meet.",
            ),
        ),
        "REVIEW_REMINDER.opened_but_not_answered": Notice(
            "Please answer an application for “{lead}”",
            (
                "You have read the application of {vendor}, but not answered it.",
                *_ANSWER,
                "Say whether you want to meet.",
            ),
        ),
        "APPLICATION_SUBMITTED": Notice(
            "You applied for “{lead}”",
            (
                "The prospect has {reveal_after} to answer.",
                "When the prospect accepts, the contact data opens at once; without an answer it opens by itself: {opens_at}.",
                "If the prospect declines before, it stays closed.",
            ),
        ),
        "APPLICATION_ACCEPTED": Notice(
            "Accepted: “{lead}”",
            ("The prospect accepted; the contact data is open.", _REACH, _COMPLAIN),
        ),
        "APPLICATION_ACCEPTED.opened_before": Notice(
            "Accepted: “{lead}”",
            ("The prospect accepted; the contact data was open already.", _REACH, _COMPLAIN),
        ),
        "APPLICATION_DECLINED": Notice(
            "Declined: “{lead}”", ("The prospect declined; there is nothing to do.", *_FEE)
        ),
        "APPLICATION_DECLINED.declined_in_time": Notice(
            "Declined: “{lead}”",
            (
                "The prospect declined within {reveal_after}: identity and contact data stay closed.",
                *_FEE,
                "You can apply for other leads.",
            ),
        ),
        "APPLICATION_DECLINED.declined_late": Notice(
            "Declined: “{lead}”",
            (
                "The prospect declined after the contact data had opened: it stays open.",
                *_FEE,
            ),
        ),
        "APPLICATION_DECLINED.acceptance_withdrawn": Notice(
            "Acceptance withdrawn: “{lead}”",
            ("The prospect withdrew: the contact data stays open.", *_FEE),
        ),
        "APPLICATION_ENDED.vendor": Notice(
            "Ended: “{lead}”",
            (
                "The prospect can be contacted no longer, so your application has ended: the contact data stays closed.",
                *_FEE,
                "You can apply for other leads.",
            ),
        ),
        "APPLICATION_ENDED.prospect": Notice(
            "An application for “{lead}” has ended",
            (
                "You must not be contacted any more, so the application of {vendor} has ended: your contact data stays closed.",
                "There is nothing to do.",
            ),
        ),
        "CONTACT_REVEALED": Notice(
            "Contact data open: “{lead}”",
            (
                "The prospect did not answer within {reveal_after}, so it opened by itself: {opens_at}.",
                _REACH,
                _COMPLAIN,
            ),
        ),
        "CONTACT_DISCLOSED": Notice(
            "{vendor} sees your contact data",
            ("It was opened for “{lead}”; you can ask the operator about it.",),
        ),
        "CONTACT_DISCLOSED.prospect_accepted": Notice(
            "{vendor} sees your contact data",
            (
                "You accepted the application for “{lead}”.",
                "You can still withdraw: that does not close what was seen.",
            ),
        ),
        "CONTACT_DISCLOSED.revealed_by_silence": Notice(
            "{vendor} sees your contact data",
            (
                "You did not answer the application for “{lead}” within {reveal_after}, so it opened by itself.",
                "You can still decline: that does not close what was seen.",
            ),
        ),
        "FEE_REFUNDED": Notice(
            "Fee returned: “{lead}”",
            ("Returned to your account: {fee}.", "{decision}", "You can use the points for other leads now."),
        ),
        "MEETING_PROPOSED.vendor": Notice(
            "New time for the meeting: “{lead}”",
            ("The prospect proposes {meeting_at}.", "Until then you can confirm it or propose another time."),
        ),
        "MEETING_PROPOSED.prospect": Notice(
            "New time for the meeting: “{lead}”",
            ("{vendor} proposes {meeting_at}.", "Until then you can confirm it or propose another time."),
        ),
        "MEETING_AGREED": Notice("Meeting agreed: “{lead}”", ("It takes place: {meeting_at}.", _MEETING)),
        "MEETING_CANCELLED": Notice(
            "Meeting cancelled: “{lead}”", ("No meeting is planned now.", "You can propose a new time.")
        ),
        "MEETING_RECORDED.TOOK_PLACE": Notice(
            "Meeting recorded: “{lead}”",
            ("It was recorded that the meeting took place.", "If that is wrong, tell the operator."),
        ),
        "MEETING_RECORDED.NO_SHOW": Notice(
            "No-show recorded: “{lead}”",
            ("It was recorded that no meeting took place.", "If that is wrong, tell the operator."),
        ),
        "POINTS_PURCHASED": Notice(
            "{points} booked", ("They are in your account.", "You can apply for leads with them now.")
        ),
        "LEAD_DELIVERED": Notice(
            "New contact: “{lead}”", ("Its contact data is open for you.", _REACH, _COMPLAIN)
        ),
        "COMPLAINT_FILED.vendor": Notice(
            "Complaint {complaint} filed",
            (
                "Contacts: {items}.",
                "Each is decided alone; all are decided before {decide_by}.",
                "Until then you can write in its chat what speaks for it.",
            ),
        ),
        "COMPLAINT_FILED.operator": Notice(
            "{vendor} filed complaint {complaint}",
            ("Contacts: {items}.", "What is under review must be decided before {decide_by}."),
        ),
        "COMPLAINT_PROGRESS": Notice(
            "Your complaint is being checked",
            ("Checked so far: {checked} of {total}.", "There is nothing to do until it is filed."),
        ),
        "COMPLAINT_DECIDED": Notice(
            "Complaint {complaint} decided",
            (
                "The answer file with the comments lies among your account's files.",
                "What was accepted is replaced, or its points come back.",
                "You can ask about it in its chat.",
            ),
        ),
        "COMPLAINT_DUE": Notice(
            "Complaint {complaint} waits for a decision",
            ("It was filed by {vendor}.", "Please decide it before {decide_by}."),
        ),
        "COMPLAINT_OVERDUE.vendor": Notice(
            "The decision on complaint {complaint} is late",
            (
                "It was due before {decide_by}; the operator was reminded.",
                "Nothing is decided by silence.",
                "You can ask about it in its chat.",
            ),
        ),
        "COMPLAINT_OVERDUE.operator": Notice(
            "Complaint {complaint} is overdue",
            (
                "It had to be decided before {decide_by}.",
                "The vendor was told: {vendor}.",
                "Please decide it now.",
            ),
        ),
        "COMPLAINT_MESSAGE.vendor": Notice(
            "New message about complaint {complaint}",
            ("The operator wrote it.", "You can read and answer it in the complaint's chat now."),
        ),
        "COMPLAINT_MESSAGE.operator": Notice(
            "New message about complaint {complaint}",
            ("It was written by {vendor}.", "You can read and answer it in the complaint's chat now."),
        ),
        "REPLACEMENT_DELIVERED": Notice(
            "Replacement: “{lead}”",
            ("It replaces a faulty contact; its contact data is open for you.", _REACH, _COMPLAIN),
        ),
        "REMEDY_POINTS": Notice(
            "Returned for a complaint: {points}",
            (
                "They are in your account again.",
                "The faulty contact: “{lead}”.",
                "{decision}",
                "You can use them for other leads now.",
            ),
        ),
        "REMEDY_POINTS.waited": Notice(
            "No replacement came: {points} returned",
            (
                "No replacement for your faulty contact came in time, so its points are in your account again.",
                "The faulty contact: “{lead}”.",
                "You can use them for other leads now.",
            ),
        ),
        "REMEDY_POINTS.free": Notice(
            "No replacement came: “{lead}”",
            (
                "No replacement for your faulty contact came in time.",
                "The contact was free: nothing was charged for it, so no points come back.",
            ),
        ),
    },
)
