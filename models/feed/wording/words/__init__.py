"""Words of notifications: each kind, or kind and variant, in the four languages side by side."""

from models.feed.wording.catalog import Words
from models.feed.wording.words import (
    applications,
    calls,
    complaints,
    contacting,
    contacts,
    meetings,
    messages,
    points,
    smart_data,
)

WORDS: Words = {
    **applications.WORDS,
    **calls.WORDS,
    **complaints.WORDS,
    **contacting.WORDS,
    **contacts.WORDS,
    **meetings.WORDS,
    **messages.WORDS,
    **points.WORDS,
    **smart_data.WORDS,
}
