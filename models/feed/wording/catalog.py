"""Catalog of one language, and the structure of the words of notifications.

Sentences contain no numbers of a policy: they have placeholders, filled from the policy that decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification's words; a sentence of the body is left out if a placeholder has no value."""

    title: str
    body: tuple[str, ...]


# By `KIND`, or `KIND.variant` where facts change the words, then by language.
Words = Mapping[str, Mapping[str, Notice]]


@dataclass(frozen=True, slots=True)
class Catalog:
    """One language.

    `points` has a form for each plural category of CLDR. `sentences` are those of the rules, by ruleset and
    id, and those of decisions by people (English has only the latter: the rules are written in English).
    `moment` is a timestamp on its own or after "before", `start` is one after "on". `changes` are the
    sentences on what changes automatically at `{at}`, by `ruleset.VERDICT`. `number_space` is between a
    number and its unit or month: a no-break space where the language asks for one.
    """

    language: str
    points: Mapping[str, str]
    moment: str
    start: str
    sentences: Mapping[str, Mapping[str, str]]
    changes: Mapping[str, str]
    disagreement: str
    number_space: str = " "
