"""Checks of a subject (S3.10, S3.26): it names the matter, so that a mailbox can be searched."""

from collections.abc import Iterator

from models.contacting.draft.email_draft import EmailDraft
from models.contacting.draft.findings import DraftCode, DraftFinding
from models.contacting.draft.phrases import EMPTY, GENERIC, REPLY
from models.contacting.draft.reading import fold, words_of

MOST_CHARS = 78  # RFC 5322 2.1.1
_MOST_GENERIC = 5  # words; a longer subject says something
_STEM = 5  # letters that inflected forms of a word share


def check_subject(draft: EmailDraft) -> Iterator[DraftFinding]:
    """Yield what is wrong with the subject."""
    subject = " ".join(draft.subject.split())  # also because long blanks would be searched from each
    folded = fold(subject)
    prefix = REPLY.match(folded)
    matter = words_of(folded[prefix.end() :] if prefix else folded)
    if not words_of(folded):
        yield DraftFinding(DraftCode.SUBJECT_EMPTY, "subject")
    elif not matter:
        yield DraftFinding(DraftCode.SUBJECT_ONLY_REPLY, "subject")
    elif len(matter) <= _MOST_GENERIC and set(matter) <= GENERIC:
        yield DraftFinding(DraftCode.SUBJECT_GENERIC, "subject")
    elif not _related(matter, words_of(fold(draft.text))):
        yield DraftFinding(DraftCode.SUBJECT_UNRELATED, "subject")
    if len(subject) > MOST_CHARS:
        yield DraftFinding(DraftCode.SUBJECT_TOO_LONG, "subject")


def _related(subject: list[str], text: list[str]) -> bool:
    """Return whether a content word of the subject, or another form of it, is in the text."""
    content = {word[:_STEM] for word in subject if len(word) > 2 and word not in EMPTY}
    return not content or not text or not content.isdisjoint(word[:_STEM] for word in text)
