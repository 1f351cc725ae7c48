"""How sure a value is, and whether others contradict it, by tables."""

import pytest

from models.outside.sources.source import FoundKind, LookUp, OutsideSource
from models.smart_data.confidence import Confidence, Stated, weigh

HIGH, MEDIUM, LOW = Confidence
WEBSITE, GRAVATAR, REGISTER = OutsideSource.WEBSITE, OutsideSource.GRAVATAR, OutsideSource.REGISTER
NAME, PHONE, PROFILE, ADDRESS = FoundKind.NAME, FoundKind.PHONE, FoundKind.PROFILE, FoundKind.ADDRESS


def _stated(
    kind: FoundKind,
    value: str,
    source: OutsideSource,
    *,
    about: LookUp = LookUp.ORGANISATION,
    url: str | None = None,
    doubtful: bool = False,
) -> Stated:
    return Stated(kind, about, value, url, source, doubtful)


@pytest.mark.parametrize(
    ("source", "confidence"),
    [
        (OutsideSource.REGISTER, HIGH),
        (OutsideSource.VIES, HIGH),
        (OutsideSource.RDAP, HIGH),
        (OutsideSource.MAIL_DNS, HIGH),
        (OutsideSource.WEBSITE, MEDIUM),
        (OutsideSource.GRAVATAR, LOW),
        (OutsideSource.OPENPGP, LOW),
    ],
)
def test_one_source_is_as_sure_as_it_is_authoritative(source: OutsideSource, confidence: Confidence) -> None:
    (weight,) = weigh([_stated(NAME, "Fake Firm", source)])
    assert (weight.confidence, weight.conflicting) == (confidence, False)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (NAME, "Fake Firm GmbH", "FAKE FIRM"),
        (PHONE, "030 1234567", "+49 30 1234567"),
        (ADDRESS, "1 Fake  Street", "1 fake street"),
        (FoundKind.WEBSITE, "https://www.fake-firm.com/", "http://fake-firm.com"),
        (FoundKind.VAT_ID, "DE 123 456 789", "DE123456789"),
        (FoundKind.EMAIL, "Info@fake-firm.com", "info@fake-firm.com"),
    ],
)
def test_two_sources_that_agree_are_sure(kind: FoundKind, one: str, other: str) -> None:
    weights = weigh([_stated(kind, one, WEBSITE), _stated(kind, other, GRAVATAR)], "DE")
    assert [(one.confidence, one.conflicting) for one in weights] == [(HIGH, False), (HIGH, False)]


def test_one_source_that_repeats_itself_is_not_surer() -> None:
    weights = weigh([_stated(NAME, "Fake Firm", WEBSITE), _stated(NAME, "Fake Firm GmbH", WEBSITE)])
    assert {one.confidence for one in weights} == {MEDIUM}


def test_values_that_contradict_each_other_are_all_shown_as_conflicting() -> None:
    weights = weigh([_stated(ADDRESS, "1 Fake Street", WEBSITE), _stated(ADDRESS, "2 Fake Road", REGISTER)])
    assert [(one.confidence, one.conflicting) for one in weights] == [(MEDIUM, True), (HIGH, True)]
    assert weights[1].place < weights[0].place, "the register comes first"


def test_somebody_may_have_several_phones_and_profiles() -> None:
    for kind in (PHONE, PROFILE):
        weights = weigh([_stated(kind, "+4930123456", WEBSITE), _stated(kind, "+4930654321", GRAVATAR)])
        assert not any(one.conflicting for one in weights)


def test_a_person_and_an_organisation_do_not_contradict_each_other() -> None:
    weights = weigh(
        [_stated(NAME, "Fake Firm", WEBSITE), _stated(NAME, "Rita Fake", GRAVATAR, about=LookUp.PERSON)]
    )
    assert not any(one.conflicting for one in weights)


def test_a_source_that_contradicts_itself_is_never_sure() -> None:
    """A page that calls itself another company confirms nobody."""
    liar = _stated(NAME, "Fake Firm", WEBSITE, doubtful=True)
    weights = weigh([liar, _stated(NAME, "Fake Firm", GRAVATAR)])
    assert [(one.confidence, one.conflicting) for one in weights] == [(LOW, True), (LOW, False)]


def test_a_phone_that_cannot_be_read_is_compared_as_text() -> None:
    weights = weigh([_stated(PHONE, "Ask for Rita", WEBSITE), _stated(PHONE, "ask for rita", GRAVATAR)])
    assert {one.confidence for one in weights} == {HIGH}
