"""Words of complaint files: the columns, and the words of each language.

The words of decisions and notifications are in `models.feed.wording`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from models.complaints.reasons import REASON_WORDS
from rules.complaint import REASONS, AcceptedFor, ComplaintReason, ComplaintVerdict
from rules.visibility import DeliveryKind


class Column(StrEnum):
    """What a column of a template, an uploaded file or an answer holds."""

    ROW = "row"
    DELIVERY = "delivery"
    LEAD = "lead"
    KIND = "kind"
    RECEIVED = "received"
    COMPLAIN_UNTIL = "complain_until"
    FULL_NAME = "full_name"
    ORGANISATION = "organisation"
    PHONE = "phone"
    EMAIL = "email"
    REASON = "reason"
    EXPLANATION = "explanation"
    VERDICT = "verdict"
    RULE = "rule"
    COMMENT = "comment"
    REMEDY = "remedy"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class FileWords:
    """The words of one language. `synonyms` are other headings that vendors may use, `delimiter` is what
    Excel expects.

    `instructions` is the template's second sheet, one paragraph per item.
    """

    language: str
    delimiter: str
    headings: Mapping[Column, str]
    synonyms: Mapping[Column, tuple[str, ...]]
    lead_club_only: str
    kinds: Mapping[DeliveryKind, str]
    verdicts: Mapping[ComplaintVerdict, str]
    not_filed: str
    awaited: str
    remedies: Mapping[str, str]
    template_sheet: str
    instructions_sheet: str
    reasons_sheet: str
    answer_sheet: str
    answer_title: str
    choose_title: str
    choose_text: str
    instructions: tuple[str, ...]
    not_accepted: str


@cache
def all_words() -> Mapping[str, FileWords]:
    """Return every language by its code, English first."""
    from models.complaints.file import english, german, polish, romanian  # noqa: PLC0415 - they need the form

    words = (english.ENGLISH, german.GERMAN, polish.POLISH, romanian.ROMANIAN)
    return {each.language: each for each in words}


def words_for(locale: str) -> FileWords:
    """Return the words for a locale such as `de-AT`; English for an unsupported language."""
    languages = all_words()
    return languages.get(locale[:2].lower(), languages["en"])


def reason_label(words: FileWords, reason: ComplaintReason) -> str:
    """Return a reason as in the drop-down list: its code and its text."""
    return f"{REASONS[reason].code}. {reason_text(words, reason)}"


def reason_text(words: FileWords, reason: ComplaintReason) -> str:
    """Return a reason's text, with its restriction."""
    text = REASON_WORDS[reason].labels[words.language]
    club_only = REASONS[reason].accepted_for is AcceptedFor.LEAD_CLUB
    return f"{text} ({words.lead_club_only})" if club_only else text
