"""Checks of who writes (S3.10, S3.25): the recipient can look the sender up, and has another channel."""

import re
from collections.abc import Iterator

from models.contacting.draft.email_draft import EmailDraft, Sender
from models.contacting.draft.findings import DraftCode, DraftFinding
from models.contacting.draft.phrases import CHANNEL, LEGAL_FORM, ROLE, matcher
from models.contacting.draft.reading import OwnText, fold, words_of

_PHONE = re.compile(r"(?:\+|\b)\d[\d ()/.\u2011-]{5,20}\d\b")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SITE = re.compile(r"(?:https?://|\bwww\.)[^\s<>]+|(?<![\w.@-])[a-z0-9-]{1,63}\.(?:[a-z]{2,24}\b)(?![\w@])")
_NAME = re.compile(r"^\W{0,3}(?:[^\W\d_][\w'\u2019.-]*[ \t]+){1,3}[^\W\d_][\w'\u2019.-]+\W{0,3}$")
_LONGEST_NAME = 60


def check_sender(draft: EmailDraft, own: OwnText, sender: Sender) -> Iterator[DraftFinding]:
    """Yield what is missing of the sender; if everything is, only that the email is anonymous."""
    signature = "\n".join(own.signature)
    folded = fold(signature)
    written = _EMAIL.sub(" ", own.folded)
    site = _SITE.search(written) is not None or bool(draft.links)
    phone = _PHONE.search(signature) is not None
    words = words_of(_SITE.sub(" ", written))  # those of addresses are no signature
    name, company = _names(own, words, sender.name), _mentions_company(own, words, sender.company)
    if not (name or company or site or phone or _EMAIL.search(signature)):
        yield DraftFinding(DraftCode.SENDER_ANONYMOUS, "text")
        return
    if not name:
        yield DraftFinding(DraftCode.NAME_MISSING, "text")
    if not matcher(ROLE).search(folded):
        yield DraftFinding(DraftCode.ROLE_MISSING, "text")
    if not company:
        yield DraftFinding(DraftCode.COMPANY_MISSING, "text")
    if not site:
        yield DraftFinding(DraftCode.SITE_MISSING, "text")
    if not phone and not matcher(CHANNEL).search(folded):
        yield DraftFinding(DraftCode.OTHER_CHANNEL_MISSING, "text")


def _names(own: OwnText, words: list[str], name: str) -> bool:
    """Return whether the sender's family name is among the words, or a line near the end looks like one."""
    known = words_of(fold(name))
    if known and known[-1] in words:
        return True
    return any(_looks_like_name(line) for line in own.signature[-8:])


def _looks_like_name(line: str) -> bool:
    line = line.strip()
    if len(line) > _LONGEST_NAME or not _NAME.match(line) or line[-1] in ".!?,:;" or LEGAL_FORM.search(line):
        return False
    words = [word for word in re.split(r"[ \t]+", line) if word[0].isalpha()]
    return len(words) > 1 and all(word[0].isupper() and not word.isupper() for word in words)


def _mentions_company(own: OwnText, words: list[str], company: str) -> bool:
    known = " ".join(words_of(LEGAL_FORM.sub(" ", fold(company))))
    if known and f" {known} " in f" {' '.join(words)} ":
        return True
    return any(LEGAL_FORM.search(line) for line in own.signature)
