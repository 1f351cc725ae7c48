"""A person's own words in a message: without quoted history, quotations and signature, as folded sentences.

Everything here takes time in proportion to the length of the text, and nothing raises.
"""

import re
import unicodedata

from mailparser_reply.parser import EmailMessage

MAX_CHARACTERS = 20_000  # of a text; what follows is not read

_LONG_LINE = re.compile(r"([^\n]{149})[^\n]")
_EARLIER = (
    "wrote",
    "schrieb",
    "napisa",
    "pisze",
    "a scris",
    "from:",
    "von:",
    "od:",
    "de la:",
    "-----",
    "_____",
)
_HEADER = EmailMessage(text="", languages=["de", "pl", "en"]).HEADER_REGEX
# The library has no Romanian, and clients write these lines in several forms.
_OTHER_HEADER = re.compile(
    r"^(?:(?:în|in|la|pe|am|on|w dniu|dnia|le) [^\n]{1,180}"
    r"(?:a scris|schrieb[^\n]{0,80}|wrote|napisał\(?a?\)?|pisze)\s?:"
    r"|(?:de la|from|von|od): [^\n]{1,180}$"
    r"|[-_]{5,}[^\n]{0,60}[-_]{5,}$)",
    re.IGNORECASE | re.MULTILINE,
)
# No quotation has its own opening mark in it: otherwise each of many opening marks would be searched from.
QUOTATION = re.compile(
    r'"[^"\n]{1,300}"|“[^“”\n]{1,300}”|„[^„“”"\n]{1,300}[“”"]|«[^«»\n]{1,300}»|»[^«»\n]{1,300}«'
)
_QUOTES = frozenset("“„«»")
_HIDDEN_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# A row of marks before a blank ends a sentence, unless it is the one dot of a number; "!", "?" and "…" always
# do, and so do an empty line and the bullet of a list. It begins with one class of characters, which is found
# fast; a row is tried from its first two marks only, since from each it would take the square of its length.
SENTENCE_END = re.compile(
    r"[.!?…\n](?:(?<=\n)(?:\s*\n|\s*[-*•])"
    r"|(?<!\n)(?:(?<![\d.!?…].)|(?<=\d[.!?…].))[.!?…]*+(?=\s|$)"
    r"|(?<=[!?…])[!?…]*)"
)
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[,;:()–—]")  # noqa: RUF001 - dashes of typists
_CLAUSE_END = frozenset(",;:()–—")  # noqa: RUF001
_FOLDED = tuple(
    {
        **dict(zip("ąćęłńóśźżăâîșşțţäöü", "acelnoszzaaissttaou", strict=True)),
        "\u2019": "'",  # apostrophes and hyphens of typists
        "\u2018": "'",
        "\u02bc": "'",
        "\u2011": "-",
        "\u2010": "-",
    }.items()
)
# The same as _TOKEN for ASCII, and several times as fast: what is in no word is a blank or a comma.
_ASCII = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) not in "'-"}
_ASCII |= dict.fromkeys(map(ord, ",;:()"), ",")
_OUTSIDE_WORD = re.compile(r"['-](?:(?![a-z0-9])|(?<![a-z0-9].))")


def own_words(text: str) -> str:
    """Return what the writer says in a text: in lower case, without diacritics, and "e-mail" as "email".

    A text with marks that change the direction of reading says nothing: it may read otherwise than it is
    stored.
    """
    plain = text.isascii()  # most steps are about other letters
    if not plain and _HIDDEN_DIRECTION.search(text):
        return ""
    own = _without_history(text[:MAX_CHARACTERS].replace("\r\n", "\n"))
    if '"' in own or not (plain or _QUOTES.isdisjoint(own)):
        own = QUOTATION.sub(" ", own)
    folded = own.lower() if plain else unicodedata.normalize("NFKC", own).casefold()
    if not plain:
        for letter, alone in _FOLDED:
            folded = folded.replace(letter, alone)
    return folded[:MAX_CHARACTERS].replace("e-mail", "email")  # one character can stand for 18


def sentences_of(text: str) -> list[list[str]]:
    """Return the words and commas (which also stand for other clause ends) of each sentence of own words."""
    return [words for part in SENTENCE_END.split(own_words(text)) if (words := _words(part))]


def _words(part: str) -> list[str]:
    if not part.isascii():
        return ["," if token in _CLAUSE_END else token for token in _TOKEN.findall(part)]
    plain = part.translate(_ASCII)
    if "'" in plain or "-" in plain:
        plain = _OUTSIDE_WORD.sub(" ", plain)
    if "," in plain:
        plain = plain.replace(",", " , ")
    return plain.split()


def _without_history(text: str) -> str:
    """Cut quoted lines, everything from the header of an earlier message on, and the signature."""
    marked = ":" in text or "-" in text or "_" in text
    earlier = marked and any(map(text.lower().__contains__, _EARLIER))
    if not earlier and ">" not in text and "--" not in text:
        return text
    lines = []
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped == "--":
            break
        if not stripped.startswith(">"):
            lines.append(stripped)
    own = "\n".join(lines)
    if not earlier:
        return own
    # Looking for headers takes more than the square of a line's length, so long lines are broken for it.
    broken = _LONG_LINE.sub(r"\1\n", own)
    cut = min(
        (at.start() for at in (_HEADER.search(broken), _OTHER_HEADER.search(broken)) if at), default=None
    )
    return own[:cut]
