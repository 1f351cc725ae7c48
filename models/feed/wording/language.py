"""Formats of numbers, durations and instants in each language, and the language of a locale."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_decimal
from babel.units import format_unit

from models.feed.wording.catalog import Catalog
from models.feed.wording.english import ENGLISH
from models.feed.wording.german import GERMAN
from models.feed.wording.polish import POLISH
from models.feed.wording.romanian import ROMANIAN
from rules import Policy

CATALOGS: Mapping[str, Catalog] = {c.language: c for c in (ENGLISH, GERMAN, POLISH, ROMANIAN)}
_INTERNATIONAL = {"en": "en_GB"}  # Babel's "en" uses the date format of the United States
_SECOND = timedelta(seconds=1)
_LONGEST_LOCALE = 35  # RFC 5646, section 4.4.1
_MOST_WORDS = 1_000
# By locale and identity of the policy, because hashing one takes longer than reading its words.
_WORDS: dict[tuple[str, int], tuple[Policy, dict[str, str]]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A catalog and the local way of writing numbers and times; hashable, one per locale."""

    catalog: Catalog
    locale: Locale
    name: str  # of the locale

    def __hash__(self) -> int:
        """By locale, which determines the catalog."""
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        """By locale as well."""
        return isinstance(other, Language) and other.name == self.name

    def number(self, number: int) -> str:
        """A whole number: `12345` is "12,345"."""
        return format_decimal(number, locale=self.locale)

    def decimal(self, number: float) -> str:
        """A number with one decimal: `12.34` is "12.3"."""
        return format_decimal(number, format="#,##0.0", locale=self.locale)

    def counted(self, number: int, forms: Mapping[str, str]) -> str:
        """A number of something, in the form of CLDR's plural category."""
        form = forms.get(self.locale.plural_form(number)) or forms["other"]
        return self._together(form.format(number=self.number(number)))

    def points(self, points: int) -> str:
        """A number of points, in the right plural form."""
        return self.counted(points, self.catalog.points)

    def duration(self, seconds: int) -> str:
        """A duration in the largest of hour, minute and second that divides it, as `rules.humanly` does."""
        for size, unit in ((3600, "hour"), (60, "minute")):
            if seconds and seconds % size == 0:
                return self._unit(seconds // size, unit)
        return self._unit(seconds, "second")

    def elapsed(self, seconds: int) -> str:
        """A measured time, exactly and in all its units: `123_457` is "34 hours 17 minutes 37 seconds"."""
        left, parts = abs(seconds), list[str]()
        for size, unit in ((3600, "hour"), (60, "minute"), (1, "second")):
            number, left = divmod(left, size)
            if number or (unit == "second" and not parts):
                parts.append(self._unit(number, unit))
        return f"{'−' if seconds < 0 else ''}{' '.join(parts)}"  # noqa: RUF001 - the minus sign

    def days(self, days: int) -> str:
        """A number of days, in the right plural form."""
        return self._unit(days, "day")

    def _unit(self, number: int, unit: str) -> str:
        return self._together(format_unit(number, f"duration-{unit}", "long", locale=self.locale))

    def _together(self, text: str) -> str:
        """A text that begins with a number, with the catalog's space after it."""
        return text.replace(" ", self.catalog.number_space, 1)

    def moment(self, at: datetime, zone: ZoneInfo, *, start: bool = False) -> str:
        """A timestamp in the reader's time zone, with seconds if they matter.

        A `start` reads well after "on". Starts are rounded up to a whole second and ends down, so that a
        reader who relies on the text is neither early nor late.
        """
        if at.tzinfo is UTC:
            return _moment(self, at, zone, start)
        return self._moment(at, zone, start=start)

    def _moment(self, at: datetime, zone: ZoneInfo, *, start: bool) -> str:
        if at.microsecond:
            at = at.replace(microsecond=0) + (_SECOND if start else timedelta(0))
        local = at.astimezone(zone)
        pattern = self.catalog.start if start else self.catalog.moment
        return pattern.format(
            date=_date(self, local.date()),
            time=_time(self, local),
            zone=_zone_name(self, zone.key, local.utcoffset(), local.dst(), local),
        )

    def words(self, policy: Policy) -> dict[str, str]:
        """Values of the placeholders of a rule's sentence: a policy's numbers, by the names of its fields."""
        key = (self.name, id(policy))
        known = _WORDS.get(key)
        if known is None:
            if len(_WORDS) >= _MOST_WORDS:  # policies loaded again each time must not accumulate
                _WORDS.clear()
            known = _WORDS[key] = (policy, self._words(policy))  # keeps the id from being reused
        return dict(known[1])

    def _words(self, policy: Policy) -> dict[str, str]:
        said: dict[str, str] = {}
        for area in (getattr(policy, spec.name) for spec in fields(policy)):
            if not is_dataclass(area):
                continue
            for spec in fields(area):
                value, unit = getattr(area, spec.name), spec.metadata["unit"]
                if unit == "seconds":
                    said[spec.name] = self.duration(value)
                elif unit == "days":
                    seconds = policy.complaint.shortened(value)
                    said[spec.name] = self.days(value) if seconds is None else self.duration(seconds)
                elif unit == "time of day":
                    said[spec.name] = format_time(time(*divmod(value, 60)), "short", locale=self.locale)
                elif type(value) is int:
                    said[spec.name] = self.number(value)
                else:
                    said[spec.name] = str(value)
        return said


@lru_cache(maxsize=4_096)  # the messages of one object mention the same instants, and pages are read again
def _moment(language: Language, at: datetime, zone: ZoneInfo, start: bool) -> str:
    return language._moment(at, zone, start=start)


# A page has many timestamps of few days, and Babel takes longer than everything else in a text.


@lru_cache(maxsize=4_096)
def _date(language: Language, day: date) -> str:
    return language._together(format_date(day, "long", language.locale))


@lru_cache(maxsize=8_192)  # a day has 1,440 minutes
def _minute(language: Language, hour: int, minute: int) -> tuple[str, str, str]:
    """Return a time without seconds, and what is before and after the seconds of one with seconds."""
    before, _, after = format_time(time(hour, minute, 59), "medium", locale=language.locale).rpartition("59")
    return format_time(time(hour, minute), "short", locale=language.locale), before, after


def _time(language: Language, at: datetime) -> str:
    short, before, after = _minute(language, at.hour, at.minute)
    return f"{before}{at.second:02}{after}" if at.second else short


_ZONE_NAMES: dict[tuple[str, str, timedelta | None, timedelta | None], str] = {}


def _zone_name(
    language: Language, zone: str, offset: timedelta | None, saved: timedelta | None, local: datetime
) -> str:
    """Return the short name of a zone, which depends on the offset and on daylight saving time."""
    key = language.name, zone, offset, saved
    name = _ZONE_NAMES.get(key)
    if name is None:
        if len(_ZONE_NAMES) >= _MOST_WORDS:  # zones are user input
            _ZONE_NAMES.clear()
        found = get_timezone_name(local, "short", locale=language.locale)
        name = f"UTC{found[:3]}:{found[3:]}" if found[:1] in "+-" else found
        _ZONE_NAMES[key] = name
    return name


@cache
def _language(language: str, territory: str) -> Language:
    catalog = CATALOGS.get(language, ENGLISH)
    names = [_INTERNATIONAL.get(catalog.language, catalog.language)]
    if territory and catalog.language == language:
        names.insert(0, f"{language}_{territory}")
    for name in names:
        try:
            return Language(catalog, Locale.parse(name), name)
        except (UnknownLocaleError, ValueError):
            continue
    raise LookupError(names[-1])  # Babel comes with the catalogs' own languages


@cache
def _territories(language: str) -> frozenset[str]:
    from babel.localedata import locale_identifiers  # noqa: PLC0415 - lists a folder, once

    parts = (name.split("_") for name in locale_identifiers())
    return frozenset(p[1] for p in parts if p[0] == language and len(p) == 2)


@lru_cache(maxsize=1024)  # locales are user input
def language_for(locale: str) -> Language:
    """Return the language of a locale such as `de-AT`: exactly, else without its territory, else English."""
    parts = locale[:_LONGEST_LOCALE].replace("-", "_").split("_")
    language = parts[0].lower()
    if language not in CATALOGS:
        return _language(ENGLISH.language, "")
    territory = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    return _language(language, territory if territory in _territories(language) else "")


@lru_cache(maxsize=1024)  # names are user input
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def zone_for(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name; UTC for an unknown name."""
    return _zone(name[:64]) or ZoneInfo("UTC")


def moment(at: datetime, locale: str, time_zone: str) -> str:
    """Return a timestamp in a locale's format and time zone."""
    return language_for(locale).moment(at, zone_for(time_zone))
