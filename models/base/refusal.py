"""Refusals: raised by an action that does not do what was requested. Faults are other exceptions.

Each domain has an enum of its reasons in its `refusals.py`, with messages in four languages. The API's enums,
its documentation and its error messages are generated from these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Generic, Self, TypeAlias, TypeVar

from rules import Decision


class RefusalCode(StrEnum):
    """Why something was refused; the API's `UserErrorCode`."""

    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    INVALID = "INVALID"
    REQUIRED = "REQUIRED"
    STALE_VERSION = "STALE_VERSION"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    INSUFFICIENT_POINTS = "INSUFFICIENT_POINTS"
    REFUSED_BY_RULE = "REFUSED_BY_RULE"
    CONFLICT = "CONFLICT"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"


@dataclass(frozen=True, slots=True)
class Points:
    """A number of points in a message, rendered with the unit in the right plural form."""

    number: int


@dataclass(frozen=True, slots=True)
class Wait:
    """A waiting time in a message, rendered in seconds up to a minute, otherwise in whole minutes."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Forms:
    """The plural forms of a counted thing, by language and CLDR plural category; `{number}` is the number."""

    en: Mapping[str, str]
    de: Mapping[str, str]
    pl: Mapping[str, str]
    ro: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things, with their plural forms."""

    number: int
    forms: Forms


@dataclass(frozen=True, slots=True)
class ParameterName:
    """A parameter of a policy in a message; its path in English, its name in other languages."""

    area: str
    field: str

    def __str__(self) -> str:
        return f"{self.area}.{self.field}"


@dataclass(frozen=True, slots=True)
class FactValues:
    """Facts of a ruleset in a message; `said` in English, with their names in other languages."""

    ruleset: str
    values: Mapping[str, str | int]
    said: str

    def __str__(self) -> str:
        return self.said


Value: TypeAlias = (
    "str | int | float | datetime | Decision | Points | Wait | Count | ParameterName | FactValues"
    " | Sentence[Wording]"
)
NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in each language; it may have placeholders."""

    en: str
    de: str
    pl: str
    ro: str


LANGUAGES = tuple(one.name for one in fields(Words))  # of every text that a user reads


class Wording(Enum):
    """Texts in four languages: the value of each member is its `Words`."""

    @property
    def words(self) -> Words:
        """The text in each language."""
        value = self.value
        assert isinstance(value, Words)  # noqa: S101 - the test of the registry reads each
        return value

    def english(self, values: Mapping[str, Value] = NOTHING) -> str:
        """Return the text in English."""
        return self.words.en.format(**{name: _in_english(value) for name, value in values.items()})

    def sentence(self, **values: Value) -> "Sentence[Self]":
        """Return the text with the values of its placeholders."""
        return Sentence(self, values)


def in_language(wording: Wording, language: str, **values: str) -> str:
    """Return a text in a supported language (`en`, `de`, `pl` or `ro`)."""
    text: str = getattr(wording.words, language)
    return text.format(**values)


W_co = TypeVar("W_co", bound=Wording, covariant=True)


@dataclass(frozen=True, slots=True)
class Sentence(Generic[W_co]):
    """A text and the values of its placeholders, to be written in the reader's language.

    `place` comes first in every language, such as the heading of a column with a colon. As a string, it is
    in English.
    """

    wording: W_co
    values: Mapping[str, Value] = field(default_factory=dict)
    place: str = ""

    def __str__(self) -> str:
        return self.place + self.wording.english(self.values)

    def at(self, place: str) -> "Sentence[W_co]":
        """Return the same text about a column or field of this name."""
        return Sentence(self.wording, self.values, f"{place}: ")


@dataclass(frozen=True, slots=True)
class Why(Words):
    """One reason: its general code, its description in the API, and its message in each language.

    An English message may begin with the name of the input field, or continue it; messages in other languages
    are whole sentences without it.
    """

    code: RefusalCode
    description: str


class RefusalReason(Wording):
    """The reasons of one domain; each member is unique among all domains."""

    @property
    def why(self) -> Why:
        """The reason's code and words."""
        value = self.value
        assert isinstance(value, Why)  # noqa: S101 - the test of the registry reads each
        return value

    def at(
        self,
        *field: str,
        decision: Decision | None = None,
        retry_after_seconds: int | None = None,
        **values: Value,
    ) -> "Refusal":
        """Return the refusal of a field for this reason; `values` fill the placeholders."""
        if decision is not None:
            values["decision"] = decision
        return Refusal(
            self.why.code,
            field,
            self.english(values),
            decision,
            retry_after_seconds=retry_after_seconds,
            reason=self,
            values=values,
        )


def _in_english(value: Value) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case Points():
            return value.number
        case Wait():
            unit, number = "second", value.seconds
            if number > 60:
                unit, number = "minute", -(-number // 60)
            return f"{number} {unit}{'s' if number > 1 else ''}"
        case Count():
            form = value.forms.en["one" if value.number == 1 else "other"]
            return form.format(number=value.number)
        case str() | int() | float() | ParameterName() | FactValues() | Sentence():
            return value
    return value.reason


class Refusal(Exception):  # noqa: N818 - an answer, not an error
    """An action was refused: the field at fault (as in the input), the reason and the remedy.

    `message` is in English. `reason` and `values` give it in other languages; `place` is the place of the
    refused item in a list of the input.
    """

    def __init__(
        self,
        code: RefusalCode,
        field: tuple[str, ...],
        message: str,
        decision: Decision | None = None,
        *,
        retry_after_seconds: int | None = None,
        reason: RefusalReason | None = None,
        values: Mapping[str, Value] = NOTHING,
        place: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.message = message
        self.decision = decision
        self.retry_after_seconds = retry_after_seconds
        self.reason = reason
        self.values = values
        self.place = place

    def within(self, path: tuple[str, ...], what: str = "") -> "Refusal":
        """Return the same refusal for one of several items: with its path in the input, and which item it
        is.
        """
        place = ".".join(path) + (f" ({what})" if what else "")
        return Refusal(
            self.code,
            (*path, *self.field),
            f"{place}: {self.message}",
            self.decision,
            retry_after_seconds=self.retry_after_seconds,
            reason=self.reason,
            values=self.values,
            place=f"{place}: {self.place}",
        )


class Refusals(Exception):  # noqa: N818 - as above
    """Several refusals together: all invalid fields of one input."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(refusal.message for refusal in refusals))
        self.refusals = refusals
