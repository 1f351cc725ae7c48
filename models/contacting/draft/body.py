"""Checks of a text (S3.10): what it mentions is attached, and what it answers is quoted."""

from collections.abc import Iterator

from models.contacting.draft.email_draft import EmailDraft
from models.contacting.draft.findings import DraftCode, DraftFinding
from models.contacting.draft.phrases import ATTACHMENT, NO_ATTACHMENT, matcher
from models.contacting.draft.reading import OwnText, fold, words_of

_BEFORE = 4  # words in which a negation is looked for
_LONG_ENOUGH = 12  # characters of a line that nobody writes by chance


def check_body(draft: EmailDraft, own: OwnText) -> Iterator[DraftFinding]:
    """Yield what is wrong with the text."""
    if not words_of(own.folded):
        yield DraftFinding(DraftCode.TEXT_EMPTY, "text")
    if not draft.attachment_names and _mentions_attachment(own.folded):
        yield DraftFinding(DraftCode.ATTACHMENT_MISSING, "attachmentNames")
    if draft.answering and draft.answering.strip() and not own.quotes and not _repeats(own, draft.answering):
        yield DraftFinding(DraftCode.QUOTE_MISSING, "text")


def _mentions_attachment(text: str) -> bool:
    for found in matcher(ATTACHMENT).finditer(text):
        before = words_of(text[max(0, found.start() - 60) : found.start()])[-_BEFORE:]
        if NO_ATTACHMENT.isdisjoint(before):
            return True
    return False


def _repeats(own: OwnText, answered: str) -> bool:
    """Return whether a line of the answered email is in the text as it was written."""
    lines = {line.strip(' \t"\u201e\u201c\u201d\u00ab\u00bb') for line in own.folded.splitlines()}
    answered_lines = (line.strip() for line in fold(answered).splitlines())
    return any(len(line) >= _LONG_ENOUGH and line in lines for line in answered_lines)
