"""Form of what people are told: the catalog of one language, and the words of notifications in all.

Sentences hold no number of a policy: they have placeholders, filled from the policy that decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification's words; a sentence of the body whose placeholder has nothing to say is left out."""

    title: str
    body: tuple[str, ...]


# By `KIND`, or `KIND.variant` where facts change the words, then by language.
Words = Mapping[str, Mapping[str, Notice]]


@dataclass(frozen=True, slots=True)
class Catalog:
    """One language.

    `points` has a form for each plural category of CLDR; `sentences` are the rules' by ruleset and id, and
    what people decide (English has only that: the rules are written in it); `changes` says what comes by
    itself at `{at}`, by `ruleset.VERDICT`.
    """

    language: str
    points: Mapping[str, str]
    moment: str
    sentences: Mapping[str, Mapping[str, str]]
    changes: Mapping[str, str]
    disagreement: str
