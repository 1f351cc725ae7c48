"""Texts of notifications and decisions in English, German, Polish and Romanian; never contact data."""

from models.feed.wording.decisions import decision_message, decision_sentence
from models.feed.wording.language import moment
from models.feed.wording.notices import NoticeText, notice

__all__ = [
    "NoticeText",
    "decision_message",
    "decision_sentence",
    "moment",
    "notice",
]
