"""Which readings of an 8-bit text are words that people write: their letters, and the signs among them.

Every byte is a letter or sign of most encodings, so a text that decodes is not evidence of anything.
"""

import re
from collections.abc import Set as AbstractSet

SERVED = ("de", "pl", "ro")  # and English, which has no other letters than ASCII
_LETTERS = {
    "de": "äöüß",
    "pl": "ąćęłńóśźż",
    "ro": "ăâîșțşţ",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "hr": "čćđšž",
    "sq": "çë",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíñóúü",
    "pt": "áàâãçéêíóôõúü",
    "it": "àèéìíîòóùú",
    "nl": "áèéëïóöü",
    "nordic": "åäáæéöøü",
}
_ALPHABETS = {name: frozenset(letters + letters.upper()) for name, letters in _LETTERS.items()}
_OF_SERVED = frozenset().union(*(_ALPHABETS[name] for name in SERVED))
# The same byte in Windows-1250 and -1252, so names of other countries with these prove nothing. "ý" has the
# byte of the Turkish dotless i.
_SHARED = frozenset("áâäçéëíîóôöúüßÁÂÄÇÉËÍÎÓÔÖÚÜ")
# Their bytes are letters of German on a Mac, so these alone don't show that a text is Polish.
_OF_MAC = frozenset("śšťźžŚŠŤŹŽ")
_CENTRAL = ("pl", "ro", "cs", "sk", "hu", "hr", "sq")
# The languages of the names in a country's files; others are written with the letters of Windows-1252.
CENTRAL_COUNTRIES = {
    "AL": ("sq",),
    "BA": ("hr",),
    "CZ": ("cs", "sk", "pl"),
    "HR": ("hr", "hu"),
    "HU": ("hu", "ro", "sk"),
    "MD": ("ro",),
    "ME": ("hr",),
    "PL": ("pl",),
    "RO": ("ro", "hu"),
    "RS": ("hr", "hu"),
    "SI": ("hr",),
    "SK": ("sk", "cs", "hu", "pl"),
}
TYPOGRAPHY = frozenset("\u201e\u201c\u201d\u201a\u2018\u2019»«\u2013—…€\u00a0§°\u00ad")
# Where one of these stands is a letter in another encoding ("£500" or "Ł500"), so its neighbours decide.
_BY_CONTEXT = re.compile(r"[£Ł](?= ?\d)|(?<=\bm)[²³łˇ\u02db](?!\w)")
_SIGNS = TYPOGRAPHY | frozenset("½©®™•†‡±·‰\u00b4`¨¤µ\u00d7²")
_BETWEEN_LETTERS = frozenset("\u2019\u2018\u2013—…\u00ad·\u00b4`")
_CAPITAL_IN_WORD = re.compile(r"(?<=[a-z])[ŠŽŸ]|(?<=[A-Z])[ŠŽŸ](?=[a-z])")  # a Mac's "ä", "é", "ü"
_LETTER_BY_DIGIT = re.compile(r"(?<!\w)(?![A-Za-z])[^\W\d_](?=\d)")  # "ú500" or "£500"
_DASH_IN_WORD = re.compile(r"[^\W\d_]\u2013[^\W\d_A-Z]")  # a Mac's "ñ"
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_FOREIGN = 2


def letters_of(language: str) -> frozenset[str]:
    """Return the letters of a language that the product speaks, beyond ASCII; of all if it has none."""
    return _ALPHABETS[language] if language in SERVED else _OF_SERVED


def is_served(letters: AbstractSet[str], further: tuple[str, ...] = ()) -> bool:
    """Return whether all letters are of German and at most one other language that the product speaks, or of
    German and these further ones.
    """
    rest = letters - _SIGNS - _ALPHABETS["de"]
    alphabets = [_ALPHABETS[name] for name in SERVED]
    alphabets.append(frozenset().union(*(_ALPHABETS[name] for name in further)))
    return any(rest <= alphabet for alphabet in alphabets)


def is_central(letters: AbstractSet[str]) -> bool:
    """Return whether letters read as Central European show that a file from elsewhere is."""
    rest = letters - _SHARED
    return bool(rest - _SIGNS - _OF_MAC) and is_served(rest)


def is_plausible(letters: AbstractSet[str], sample: str, *, central: bool) -> bool:
    """Return whether a decoded file may be text: `letters` are all its characters that are not ASCII.

    Its letters are of languages that are written in this encoding, `sample` (a part of it) has no signs
    within words, and not most of its words are without ASCII letters, as in the wrong encoding for Cyrillic.
    """
    in_context = frozenset(_BY_CONTEXT.findall(sample))
    signs = _SIGNS if central else _SIGNS | (in_context & frozenset("£²³"))
    if central and in_context & frozenset("Łł"):
        return False
    return _is_written(letters - signs, central=central) and _has_words(sample, signs)


def _is_written(letters: AbstractSet[str], *, central: bool) -> bool:
    if central:
        letters -= _SHARED
        alphabets = [_OF_SERVED, *(_OF_SERVED | _ALPHABETS[name] for name in ("hu", "hr", "sq"))]
        alphabets.append(_ALPHABETS["de"] | _ALPHABETS["pl"] | _ALPHABETS["cs"] | _ALPHABETS["sk"])
        return any(letters <= alphabet for alphabet in alphabets)
    western = frozenset().union(
        *(one for name, one in _ALPHABETS.items() if name not in _CENTRAL)
    ) | frozenset("ŠŽ")
    # Hungarian has the byte of "õ" as "ő"; Portuguese has many more "ã" and "ç".
    return letters <= western and not ("õ" in letters and not letters & frozenset("ãç"))


def _has_words(sample: str, signs: AbstractSet[str]) -> bool:
    within = "".join(map(re.escape, signs - _BETWEEN_LETTERS))
    if re.search(rf"[^\W\d_][{within}]+[^\W\d_]", sample):
        return False
    if any(wrong.search(sample) for wrong in (_LETTER_BY_DIGIT, _DASH_IN_WORD, _CAPITAL_IN_WORD)):
        return False
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    foreign = sum(1 for word in words if len(word) > 2 and not any(map(str.isascii, word)))
    return foreign < _FEWEST_FOREIGN or 2 * foreign <= len(words)
