"""Finds the contact's own data in a text: name, organisation, numbers, domains and handles, in any form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from models.contact_data.contact import ContactData
from models.contact_data.public_text.cut_names import find_cut_names
from models.contact_data.public_text.disguises import find_spelled, with_letters_joined, without_signs
from models.contact_data.public_text.finding import FindingKind
from models.contact_data.public_text.handles import find_own_handles, own_handles
from models.contact_data.public_text.inflection import shortest_stem
from models.contact_data.public_text.names import (
    find_given_names,
    find_in_any_order,
    find_joined,
    find_names,
    find_organisation,
    joined_names,
    joined_organisation,
    parts_of_name,
    rarest_word,
)
from models.contact_data.public_text.own_numbers import find_own_numbers, national_numbers
from models.contact_data.public_text.skeleton import Skeleton, fold, without_umlauts, words_of
from models.contact_data.redaction import Redacted

Spans = Iterator[tuple[FindingKind, Skeleton, tuple[int, int]]]

_SHORTEST_WORD = 3
_FEWEST_DIGITS = 6  # of a number in a register that few others have
_SEPARATOR = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, repr=False)
class Own(Redacted):
    """What to look for, prepared once for many texts.

    `also_given_name` finds a given name alone, too. `clues` are letters of which a text contains some if it
    names the contact: most texts contain none, so that they need no closer look.
    """

    contact: ContactData
    also_given_name: bool
    domains: tuple[str, ...]
    handles: frozenset[str]
    numbers: frozenset[str]
    codes: frozenset[str]
    clues: tuple[str, ...]
    words: tuple[str, ...]  # of both names

    @classmethod
    def of(cls, contact: ContactData, *, also_given_name: bool = False) -> Self:
        """Prepare the search for the data of a contact."""
        parts = parts_of_name(contact.full_name)
        words = {*parts, *words_of(contact.organisation or "")}
        clues = {shortest_stem(part) for part in (parts if also_given_name else parts[-1:])}
        if contact.organisation is not None:
            clues.add(rarest_word(contact.organisation))
        codes = registration_codes(contact.registration_number or "")
        return cls(
            contact,
            also_given_name,
            tuple({email.rpartition("@")[2] for email in contact.emails}),
            own_handles(contact),
            national_numbers(contact.phones),
            codes,
            tuple(clue for clue in (*clues, *codes) if clue),
            tuple(word for word in words if len(word) >= _SHORTEST_WORD),
        )

    def find(self, plain: Skeleton, original: str) -> Spans:
        """Yield what is found in the skeleton of a text without look-alike letters, and where."""
        for span in find_own_numbers(plain.text, self.numbers):
            yield FindingKind.PHONE, plain, span
        for shown in (plain, *without_signs(plain)):
            for span in find_own_handles(shown, self.handles):
                yield FindingKind.HANDLE, shown, span
            if self._may_be_named(shown.text):
                yield from self._named(shown, original)

    def _may_be_named(self, text: str) -> bool:
        letters = letters_of(text)
        return any(clue in letters or clue in without_umlauts(letters) for clue in self.clues)

    def is_named_in_part(self, text: str) -> bool:
        """Return whether a text contains a word of the contact's name or organisation."""
        letters = letters_of(text)
        return any(word in letters for word in self.words)

    def has_word(self, text: str) -> bool:
        """Like `is_named_in_part`, also for the shortest words of the names, if they stand alone."""
        names = {*parts_of_name(self.contact.full_name), *words_of(self.contact.organisation or "")}
        return self.is_named_in_part(text) or not names.isdisjoint(words_of(text))

    def ends_with_whole(self, kind: FindingKind, text: str) -> bool:
        """Return whether a text ends with the contact's whole name, or the whole name of its organisation."""
        names: set[str] = set()
        if kind is FindingKind.NAME:
            names = joined_names(self.contact.full_name)
        elif kind is FindingKind.ORGANISATION:
            names = joined_organisation(self.contact.organisation or "")
        return letters_of(text).endswith(tuple(names))

    def _named(self, shown: Skeleton, original: str) -> Spans:
        contact = self.contact
        words = shown.words()
        joined = with_letters_joined(words)
        for sequence in (words, joined) if len(joined) < len(words) else (words,):
            for span in find_names(shown.text, sequence, contact.full_name):
                yield FindingKind.NAME, shown, span
        for span in find_cut_names(shown, original, contact.full_name):
            yield FindingKind.NAME, shown, span
        for span in find_joined(words, joined_names(contact.full_name)):
            yield FindingKind.NAME, shown, span
        names = parts_of_name(contact.full_name)
        for span in find_spelled(words, names if self.also_given_name else names[-1:]):
            yield FindingKind.NAME, shown, span
        for span in find_joined(words, self.codes):
            yield FindingKind.ORGANISATION, shown, span
        if self.also_given_name:
            for span in find_given_names(words, contact.full_name):
                yield FindingKind.NAME, shown, span
        if contact.organisation is not None:
            for span in find_organisation(words, original, shown.origin, contact.organisation):
                yield FindingKind.ORGANISATION, shown, span
            for span in find_joined(words, joined_organisation(contact.organisation)):
                yield FindingKind.ORGANISATION, shown, span
            for span in find_in_any_order(words, contact.organisation):
                yield FindingKind.ORGANISATION, shown, span


def registration_codes(number: str) -> frozenset[str]:
    """Return an organisation's number in a register as joined words have it, with and without a country."""
    code = letters_of(number)
    codes = {code, code[2:] if code[:2].isalpha() else code}
    return frozenset(one for one in codes if sum(map(str.isdecimal, one)) >= _FEWEST_DIGITS)


def letters_of(text: str) -> str:
    """Return the folded letters and digits of a text."""
    return _SEPARATOR.sub("", fold(text))
