"""English catalog. Its only sentences are those of decisions by people: the rules are written in English."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Catalog

ENGLISH = Catalog(
    language="en",
    points={"one": "{number} point", "other": "{number} points"},
    moment="{date}, {time} {zone}",
    start="{date}, {time} {zone}",
    sentences={
        "complaint": {
            "operator_decided": "The operator reviewed the complaint and decided.",
            "operator_overrode": "The operator overruled the rules; the reason is on record.",
        },
    },
    changes={
        "visibility.VISIBLE": "Without a response, the contact data is revealed automatically on {at}.",
        "review_reminder.REMIND": "Without a response, a reminder is sent on {at}.",
        "chat_view.SHOW": "On {at}, contact data in messages is shown automatically if nothing changes before then.",
        "contact_permission.ALLOWED": "Contact becomes possible on {at}.",
        "contact_permission.WAIT": "This is allowed until {at}.",
        "other": "This changes automatically on {at}.",
    },
    disagreement="Two evaluations of the rules disagree, so the more cautious decision applies; the operator has been notified.",
)
