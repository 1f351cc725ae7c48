"""English catalog. Its only sentences are of what people decide: the rules are written in English."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Catalog

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
)
