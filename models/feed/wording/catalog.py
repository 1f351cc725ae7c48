"""Owns the form of a catalog: everything that people are told, in one language.

It must not hold a number of a policy: sentences have placeholders, filled from the policy that decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification's words; a sentence of the body whose placeholder has nothing to say is left out."""

    title: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """One language.

    `points` has a form for each plural category of CLDR; `sentences` are the rules' by ruleset and id, and
    what people decide (English has only that: the rules are written in it); `changes` says what comes by
    itself at `{at}`, by `ruleset.VERDICT`; `notices` are by kind, or by `KIND.variant` where facts change
    the words.
    """

    language: str
    points: Mapping[str, str]
    moment: str
    sentences: Mapping[str, Mapping[str, str]]
    changes: Mapping[str, str]
    disagreement: str
    notices: Mapping[str, Notice]
