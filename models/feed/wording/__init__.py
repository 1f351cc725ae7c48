"""Owns what people are told, in English, German, Polish and Romanian: notifications and decisions.

It must not query or decide: it says what views and decisions already know, and never contact data.
"""

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
