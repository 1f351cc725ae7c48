"""Unmistakable contact values, one set per lead, and a search for them in any text and encoding."""

import base64
import binascii
import hashlib
import html
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_plus

# Rare zones, one per lead: the time zone is contact data as well.
ZONES = (
    "America/Argentina/Ushuaia",
    "America/North_Dakota/New_Salem",
    "America/Kentucky/Monticello",
    "America/Indiana/Petersburg",
    "America/Argentina/Rio_Gallegos",
    "Antarctica/DumontDUrville",
    "Antarctica/Vostok",
    "Antarctica/Troll",
    "Antarctica/Macquarie",
    "Pacific/Kiritimati",
    "Pacific/Fakaofo",
    "Pacific/Pohnpei",
    "Pacific/Chatham",
    "Pacific/Marquesas",
    "Asia/Srednekolymsk",
    "Asia/Ust-Nera",
    "Asia/Qyzylorda",
    "Asia/Hovd",
    "Asia/Thimphu",
    "Africa/Ouagadougou",
    "Africa/Lubumbashi",
    "Africa/El_Aaiun",
    "Arctic/Longyearbyen",
    "Atlantic/St_Helena",
    "Indian/Kerguelen",
    "Indian/Mayotte",
)
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_SPACES = re.compile(r"[\s().\-/]+")
_DEEPEST = 2
_NAME = "a name"  # instead of that of a field


@dataclass(frozen=True, slots=True)
class Planted:
    """The contact values of one lead, by column; each value identifies the lead."""

    number: int
    values: dict[str, str]

    @property
    def sent(self) -> dict[str, object]:
        """The values as columns of the table `contact`."""
        v = self.values
        return {
            **{name: v[name] for name in _COLUMNS},
            "other_emails": [v["other_email"]],
            "other_phones": [{"e164": v["other_phone"], "extension": None}],
            "address": {
                "street": v["street"],
                "postal_code": v["postal_code"],
                "city": v["city"],
                "region": v["region"],
                "country": "DE",
            },
        }


_COLUMNS = (
    "full_name",
    "organisation",
    "email",
    "phone",
    "phone_extension",
    "registration_number",
    "linkedin_url",
    "meeting_url",
    "time_zone",
)


def plant(number: int) -> Planted:
    """Return the values of the lead with this number, below 26."""
    mark, digits = f"zq{number:02}xk", f"77{number:02}"
    return Planted(
        number,
        {
            "full_name": f"{mark.title()}anna Example-{mark.title()}sen",
            "organisation": f"Zunft {mark.upper()} Fake GmbH",
            "email": f"anna.{mark}mail@{mark}domain.example",
            "phone": f"+4930{digits}313131",
            "phone_extension": f"9{digits}474747",
            "other_email": f"second.{mark}other@example.com",
            "other_phone": f"+4989{digits}626262",
            "street": f"{mark.title()}weg 1",
            "postal_code": f"D{digits}585858",
            "city": f"Stadt {mark.title()}",
            "region": f"Land {mark.title()}",
            "registration_number": f"HRB {digits}949494",
            "linkedin_url": f"https://www.linkedin.com/in/{mark}-link",
            "meeting_url": f"https://meet.example/{mark}-room",
            "time_zone": ZONES[number],
        },
    )


class Finder:
    """Finds which values of which leads a text contains."""

    def __init__(self, planted: list[Planted]) -> None:
        written: dict[str, tuple[int, str]] = {}
        hashes: dict[str, tuple[int, str]] = {}
        for one in planted:
            for name, value in one.values.items():
                found = (one.number, name)
                written[value.lower()] = found
                for hashed in (hashlib.md5, hashlib.sha1, hashlib.sha256):
                    hashes[hashed(value.lower().encode(), usedforsecurity=False).hexdigest()] = found
                digits = re.sub(r"\D", "", value)
                if len(digits) >= 10:
                    written[digits] = found
                    written[digits[2:]] = found  # as it is dialled within the country
            written[f"zq{one.number:02}xk"] = (one.number, "mark")
        self._known: dict[str, frozenset[tuple[int, str]]] = {}
        self._needles = {**{text[::-1]: found for text, found in written.items()}, **hashes, **written}
        self._pattern = re.compile(_any_of(self._needles))
        self._cuts = Cuts(written)

    def find(self, text: str) -> set[tuple[int, str]]:
        """Return the leads' numbers with the names of the values found, also of those cut in parts."""
        try:
            found = list(_strings(json.loads(text)))
        except ValueError:
            found = [("", line) for line in text.splitlines()]
        hits = {hit for part in {part for _, part in found} for hit in self._within(part)}
        return hits | self._cuts.find(found)

    def _within(self, part: str) -> frozenset[tuple[int, str]]:
        """Search one string; cached, because many responses contain the same strings."""
        if part not in self._known:
            hits = (self._pattern.findall(dressed) for dressed in set(_undress(part)))
            self._known[part] = frozenset(self._needles[hit] for found in hits for hit in found)
        return self._known[part]


class Cuts:
    """Finds values that are cut in parts: over fields that follow each other, or over one field of several
    objects, such as two messages.
    """

    def __init__(self, written: Mapping[str, tuple[int, str]]) -> None:
        self._needles = written
        self._pattern = re.compile(_any_of(written))
        self._longest = max(map(len, written), default=1) - 1
        # The cut leaves at least three letters of a value on one of its sides.
        self._grams = {one[begin : begin + 3] for one in written for begin in range(len(one) - 2)}

    def find(self, strings: Iterable[tuple[str, str]]) -> set[tuple[int, str]]:
        """Search these texts, in order, each with the name of its field; names are left out."""
        hits: set[tuple[int, str]] = set()
        before: dict[str, str] = {}  # the end of all texts, and of those of each field
        for field, text in strings:
            if field == _NAME:
                continue
            part = text.lower()
            for among in {"", field}:
                end = before.get(among, "")
                if end[-3:] in self._grams or part[:3] in self._grams:
                    seam = end + part[: self._longest]
                    hits |= {self._needles[hit] for hit in self._pattern.findall(seam)}
                before[among] = (end + part)[-self._longest :]
        return hits


def _any_of(words: Collection[str]) -> str:
    """Return a pattern of the longest of these words at a position.

    It is a tree of their letters: an alternation of thousands of words tries each of them at each position.
    """
    if len(words) == 1:
        return re.escape(next(iter(words)))
    following: dict[str, set[str]] = {}
    for word in words:
        if word:
            following.setdefault(word[0], set()).add(word[1:])
    branches = "|".join(re.escape(letter) + _any_of(rest) for letter, rest in following.items())
    return f"(?:{branches})" + ("?" if "" in words else "")


def _undress(text: str, depth: int = 0) -> Iterator[str]:
    """Yield a string decoded in every way that could hide a value: escapes, URLs, HTML, base64, spaces."""
    plain = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text).lower()
    yield plain
    yield _SPACES.sub("", plain)
    if "%" in plain or "+" in plain:
        yield unquote_plus(plain)
    if "&" in plain:
        yield html.unescape(plain)
    if depth < _DEEPEST:
        for word in _ENCODED.findall(text):
            for decoded in _decode(word):
                yield from _undress(decoded, depth + 1)


def _strings(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield all texts with the names of their fields, and these names."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield _NAME, str(name)
            yield from _strings(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, field)
    elif value is not None:
        yield field, str(value)


def _decode(word: str) -> Iterator[str]:
    bare = word.rstrip("=")
    for read in (base64.b64decode, base64.urlsafe_b64decode):
        try:
            yield read(bare + "=" * (-len(bare) % 4)).decode()
        except (binascii.Error, ValueError):
            continue
    if len(word) % 2 == 0 and re.fullmatch(r"[0-9a-fA-F]+", word):
        try:
            yield bytes.fromhex(word).decode()
        except ValueError:
            return
