"""A person's own words in a message: without quoted history, quotations and signature, as folded sentences.

Everything here takes time in proportion to the length of the text, and nothing raises.
"""

import re
import unicodedata

from mailparser_reply.parser import EmailMessage

MAX_CHARACTERS = 20_000  # of a text; what follows is not read

_LONGEST_LINE = 200
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
_QUOTES = frozenset('"“„«»')
_HIDDEN_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SENTENCE_END = re.compile(r"(?<!\d)[.!?…]+(?=\s|$)|[!?…]+|\n\s*\n|\n\s*[-*•]")
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[,;:()–—]")  # noqa: RUF001 - dashes of typists
_CLAUSE_END = frozenset(",;:()–—")  # noqa: RUF001
_FOLDED = str.maketrans(
    {
        **dict(zip("ąćęłńóśźżăâîșşțţäöü", "acelnoszzaaissttaou", strict=True)),
        "\u2019": "'",  # apostrophes and hyphens of typists
        "\u2018": "'",
        "\u02bc": "'",
        "\u2011": "-",
        "\u2010": "-",
    }
)


def sentences_of(text: str) -> list[str]:
    """Return the sentences: folded words and commas (which also stand for other clause ends), each followed
    by a space.

    A text with marks that change the direction of reading has none: it may read otherwise than it is stored.
    """
    plain = text.isascii()  # most steps are about other letters
    if not plain and _HIDDEN_DIRECTION.search(text):
        return []
    own = _without_history(text[:MAX_CHARACTERS])
    if not _QUOTES.isdisjoint(own):
        own = QUOTATION.sub(" ", own)
    folded = own.lower() if plain else unicodedata.normalize("NFKC", own).casefold().translate(_FOLDED)
    folded = folded[:MAX_CHARACTERS].replace("e-mail", "email")  # one character can stand for 18
    found = []
    for part in _SENTENCE_END.split(folded):
        words = ["," if token in _CLAUSE_END else token for token in _TOKEN.findall(part)]
        if words:
            found.append(" ".join(words) + " ")
    return found


def _without_history(text: str) -> str:
    """Cut quoted lines, everything from the header of an earlier message on, and the signature."""
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        stripped = line.strip()
        if stripped == "--":
            break
        if not stripped.startswith(">"):
            lines.append(stripped)
    own = "\n".join(lines)
    lowered = own.lower()
    if not any(word in lowered for word in _EARLIER):
        return own
    # Looking for headers takes the square of a line's length, so long lines are looked at in pieces.
    pieces = "\n".join(piece for line in lines for piece in _pieces(line))
    cut = min(
        (at.start() for at in (_HEADER.search(pieces), _OTHER_HEADER.search(pieces)) if at), default=None
    )
    return own if cut is None else pieces[:cut]


def _pieces(line: str) -> list[str]:
    return [line[at : at + _LONGEST_LINE] for at in range(0, max(1, len(line)), _LONGEST_LINE)]
