"""The key by which names of organisations are compared: without case, accents, punctuation and legal form.

The database has the same functions, `leadgate_name_key` and `leadgate_organisation_key`, and a test compares
them. Only Latin letters lose their case: what else the database folds would depend on its locale.
"""

import re
import unicodedata
from hashlib import sha256
from uuid import UUID

LONGEST_KEY = 400
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZŁłØøĐđ", "abcdefghijklmnopqrstuvwxyzlloodd")
_PAIRS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
_MARKS = "\t\n\r!\"#$%&'()*+,-/:;<=>?@[\\]^_`{|}~„“”‘’«»–—·"  # noqa: RUF001 - as people write them
_BLANKS = str.maketrans(dict.fromkeys(_MARKS, " "))
LEGAL_FORMS = (
    "gmbh co kg|gmbh|mbh|co kg|kg|kgaa|ag|ug haftungsbeschrankt|ug|ohg|gbr|ek|e k|ev|e v|se"
    "|sp z oo|sp z o o|spzoo|spolka z ograniczona odpowiedzialnoscia|spolka akcyjna|sp j|sp k|sp p|sc|s c"
    "|sa|s a|srl d|srl|s r l|pfa|snc|scs|sas|sarl|eurl|spa|s p a|sl|bv|b v|nv|n v"
    "|ltd|limited|llc|inc|incorporated|corp|corporation|plc|llp|oy|oyj|ab|as|a s|aps|sro|s r o|kft|zrt"
    "|doo|d o o|eood|ood"
)
_FORMS = frozenset(tuple(form.split(" ")) for form in LEGAL_FORMS.split("|"))
_MOST_WORDS = max(map(len, _FORMS))


def name_key(name: str) -> str:
    """Return the key of a name; empty if nothing is left of it."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).translate(_LETTERS)
    for letter, letters in _PAIRS.items():
        plain = plain.replace(letter, letters)
    words = re.sub(" +", " ", plain.replace(".", "").translate(_BLANKS)).strip(" ").split(" ")
    return " ".join(words[: _end(words)])[:LONGEST_KEY]


def _end(words: list[str]) -> int:
    """Return where the legal forms at the end begin, which may be several; the first word is none.

    Not by an expression: `gmbh co kg` is one form and also two, so that Python would try each of the ways to
    read a name that repeats it.
    """
    ends = {len(words)}  # after each of these only legal forms follow
    first = len(words)
    for at in range(len(words) - 1, 0, -1):
        if first - at > _MOST_WORDS:
            break
        if any(at + n in ends and tuple(words[at : at + n]) in _FORMS for n in range(1, _MOST_WORDS + 1)):
            ends.add(at)
            first = at
    return first


def organisation_key(account_id: UUID, name: str) -> str:
    """Return the hash by which an account's organisation of this name is stored, as the database does."""
    return sha256(f"{account_id}:{name_key(name)}".encode("utf-8", "surrogatepass")).hexdigest()
