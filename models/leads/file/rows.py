"""Conversion of one row of a file to a lead, or to the reason why it is refused.

The caller finds duplicates among rows and stored leads, by `identity_key`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from models.base.refusal import Sentence, Wording
from models.contact_data import (
    ContactData,
    clean_block,
    clean_line,
    find_identity_in,
    finding_problem,
    parse_country,
)
from models.contact_data.invalid import InvalidValue
from models.contact_data.refusals import ContactDataRefusal
from models.leads.file.defaults import (
    MAX_CATEGORY_CHARS,
    MAX_CITY_CHARS,
    MAX_FEE,
    MAX_TITLE_CHARS,
    ImportDefaults,
    parse_currency,
)
from models.leads.file.draft import LeadDraft, RefusedRow, RowRefused, identity_key
from models.leads.file.fields import LeadField
from models.leads.file.implausible import implausible_texts
from models.leads.file.mapping import ColumnMapping
from models.leads.file.notes import ImportNote
from models.leads.file.placeholders import without_placeholders
from models.leads.file.row_contact import ContactReader
from models.leads.file.source import parse_source
from models.leads.file.stored import changed_columns
from models.leads.refusals import LeadRefusal
from models.tabular.headed import FileRow
from models.tabular.tables import UnreadableRow, visible

MAX_BRIEF_CHARS = 5_000
MIN_BRIEF_CHARS = 10  # shorter notes ("n/a", "-", "call") are less useful than the title
MAX_EXTERNAL_ID_CHARS = 200
MAX_BUDGET = 2**31 - 1  # the API's Int
_AMOUNT = re.compile(r"(\d{1,3}(?:[ .,'\u2019\u00a0\u202f]\d{3}){1,4}|\d{1,12})(?:[.,]\d{1,2})?")
_SIGNS = {"EUR": "\u20ac", "USD": "$", "GBP": "\u00a3", "PLN": "Z\u0141", "RON": "LEI"}
_SHORTENED = re.compile(r"[+-]?\d(?:[.,]\d+)?[Ee]\+\d{1,3}")
_WHOLE = re.compile(r"(\d{1,30})[.,]0{1,2}")
_T = TypeVar("_T")


def parse_row(
    row: FileRow | UnreadableRow, mapping: ColumnMapping, defaults: ImportDefaults
) -> LeadDraft | RefusedRow:
    """Return the lead of a row, or the first reason why it is refused; never raises for a row's content.

    An invalid phone number or email address is a warning as long as another one reaches the person, and so
    is an invalid value of a field that no lead needs. Public text that contains contact data is refused (S1,
    readings).
    """
    if isinstance(row, UnreadableRow):
        return RefusedRow(row.number, "", None, row.reason)
    try:
        draft = _Row(row, mapping, defaults).draft()
        return replace(draft, changed=changed_columns(draft, row.values, mapping))
    except RowRefused as refused:
        field = refused.field.value
        column = refused.column or mapping.column(refused.field)
        return RefusedRow(row.number, field, column, refused.reason.at(column or field))


class _Row:
    """A row while it is being read."""

    def __init__(self, row: FileRow, mapping: ColumnMapping, defaults: ImportDefaults) -> None:
        values = tuple(map(visible, row.values))
        self.row = FileRow(row.number, without_placeholders(values, mapping.columns))
        self.mapping = mapping
        self.defaults = defaults
        self.warnings: list[Sentence[Wording]] = []

    def draft(self) -> LeadDraft:
        defaults = self.defaults
        own_category = self._line(LeadField.CATEGORY, MAX_CATEGORY_CHARS)
        if LeadField.CATEGORY in self.mapping.doubtful and defaults.category:
            own_category = None
        category = own_category or defaults.category
        if category is None:
            raise RowRefused(LeadField.CATEGORY, LeadRefusal.LEAD_VALUE_MISSING.sentence())
        own_country = self._read(LeadField.COUNTRY, parse_country)
        country = own_country or defaults.country
        if country is None:
            raise RowRefused(LeadField.COUNTRY, LeadRefusal.LEAD_VALUE_MISSING.sentence())
        region = self._region(country) or own_country or defaults.region or country
        own_city = self._optional(LeadField.CITY, lambda text: clean_line(text, MAX_CITY_CHARS))
        city = own_city or defaults.city
        reader = ContactReader(self.row.values, self.mapping, defaults, region)
        contact = reader.contact()
        # The defaults have already been checked.
        places = {LeadField.CATEGORY: own_category or "", LeadField.CITY: own_city or ""}
        self._anonymous(places, contact, region)
        title, brief = self._public_text(contact, region, defaults.titled(category, city, country))
        low, high, currency = self._budget()
        source, source_text = self._optional(LeadField.SOURCE, parse_source) or (defaults.source, None)
        external_id = self._optional(LeadField.EXTERNAL_ID, _parse_id)
        self.warnings += implausible_texts(self.row.values, self.mapping)
        return LeadDraft(
            row=self.row.number,
            title=title,
            brief=brief,
            category=category,
            city=city,
            country=country,
            budget_min=low,
            budget_max=high,
            currency=currency,
            source=source,
            source_text=source_text,
            fee=self._fee(),
            contact=contact,
            identity_key=identity_key(defaults.market, defaults.origin, external_id, contact),
            person_key=identity_key(defaults.market, defaults.origin, None, contact),
            warnings=(*self.warnings, *reader.warnings),
        )

    def _public_text(self, contact: ContactData, region: str, default_title: str) -> tuple[str, str]:
        title = self._line(LeadField.TITLE, MAX_TITLE_CHARS) or default_title
        brief = self._read(LeadField.BRIEF, lambda text: clean_block(text, MAX_BRIEF_CHARS)) or ""
        if len(title) > MAX_TITLE_CHARS:
            too_long = ContactDataRefusal.TEXT_TOO_LONG.sentence(most=MAX_TITLE_CHARS)
            raise RowRefused(LeadField.TITLE, too_long)
        self._anonymous({LeadField.TITLE: title, LeadField.BRIEF: brief}, contact, region)
        return title, brief if len(brief) >= MIN_BRIEF_CHARS else title

    def _anonymous(self, texts: Mapping[LeadField, str], contact: ContactData, region: str) -> None:
        fields = {field.value: text for field, text in texts.items()}
        for name, finding in find_identity_in(fields, contact, region):
            raise RowRefused(LeadField(name), finding_problem(finding).sentence)

    def _region(self, country: str) -> str | None:
        """Return the country of the row's national numbers; a state or sales area is none."""
        region = self._optional(LeadField.REGION, parse_country)
        if region is None or region == country or LeadField.REGION not in self.mapping.doubtful:
            return region
        self._warn(LeadField.REGION, ImportNote.REGION_DIFFERS.sentence())
        return None

    def _budget(self) -> tuple[int | None, int | None, str]:
        """Return the budget and its currency; an amount in an unknown currency would be a wrong one."""
        try:
            currency = self._read(LeadField.CURRENCY, parse_currency) or self.defaults.currency
        except RowRefused as refused:
            self._warn(LeadField.CURRENCY, ImportNote.BUDGET_SKIPPED.sentence(problem=refused.reason))
            return None, None, self.defaults.currency
        low, high = (
            self._optional(field, lambda text: _parse_budget(text, currency))
            for field in (LeadField.BUDGET_MIN, LeadField.BUDGET_MAX)
        )
        if low is not None and high is not None and low > high:
            self._warn(LeadField.BUDGET_MIN, ImportNote.BUDGET_REVERSED.sentence())
            low = high = None
        return low, high, currency

    def _fee(self) -> int | None:
        fee = self._read(LeadField.FEE, _parse_fee)
        return self.defaults.fee if fee is None else fee

    def _line(self, field: LeadField, max_chars: int) -> str | None:
        return self._read(field, lambda text: clean_line(text, max_chars)) or None

    def _read(self, field: LeadField, parse: Callable[[str], _T]) -> _T | None:
        text = self.mapping.value(self.row.values, field)
        if text is None:
            return None
        try:
            return parse(text)
        except InvalidValue as error:
            raise RowRefused(field, error.sentence) from None

    def _optional(self, field: LeadField, parse: Callable[[str], _T]) -> _T | None:
        """Return a value that the lead can do without, or None with a warning if it is invalid."""
        try:
            return self._read(field, parse)
        except RowRefused as refused:
            self._warn(field, ImportNote.SKIPPED.sentence(problem=refused.reason))
            return None

    def _warn(self, field: LeadField, note: Sentence[Wording]) -> None:
        self.warnings.append(note.at(self.mapping.name(field)))


def _parse_id(text: str) -> str:
    """Return the id; "12.0", from a column of numbers, is "12"."""
    if _SHORTENED.fullmatch(text):
        raise InvalidValue(LeadRefusal.EXTERNAL_ID_SHORTENED)
    whole = _WHOLE.fullmatch(text)
    return clean_line(text, MAX_EXTERNAL_ID_CHARS) if whole is None else whole[1]


def _parse_budget(text: str, currency: str) -> int:
    """Return whole units: reads "10,000", "10.000,00", "10000.50", "EUR 10,000"; drops the fraction."""
    for sign in (currency, _SIGNS.get(currency, currency)):
        text = text.upper().removeprefix(sign).removesuffix(sign).strip()
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise InvalidValue(LeadRefusal.AMOUNT_INVALID)
    amount = int(re.sub(r"\D", "", match[1]))
    if amount > MAX_BUDGET:
        raise InvalidValue(LeadRefusal.AMOUNT_OUT_OF_RANGE, most=MAX_BUDGET)
    return amount


def _parse_fee(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= MAX_FEE):
        raise InvalidValue(LeadRefusal.FEE_INVALID, most=MAX_FEE)
    return int(text)
