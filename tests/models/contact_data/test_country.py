"""Countries: codes and names as systems and people write them, and what is refused."""

import pytest
from babel import Locale

from models.contact_data import UnknownPlace, parse_country
from models.contact_data.country_names import country_key, further_names
from models.contact_data.place import countries

SPELLINGS = {
    "US": "us|USA|U.S.A.|United States|United States of America|The United States|Stany Zjednoczone|SUA",
    "GB": "UK|gbr|Great Britain|United Kingdom|England|Gro\u00dfbritannien|Marea Britanie|Wielka Brytania",
    "DE": "DEU|deu|D|Deutschland|DEUTSCHLAND|Bundesrepublik Deutschland|Niemcy|Federal Republic of Germany",
    "AT": "\u00d6sterreich|Oesterreich|OSTERREICH|AUT",
    "NL": "The Netherlands|Netherlands (the)|Netherlands, The|Holland|Holandia|\u021a\u0103rile de Jos|NLD",
    "CZ": "Czech Republic|Czechia|Tschechische Republik|Czechy|Republica Ceh\u0103",
    "HK": "Hong Kong|Hongkong|Hong Kong SAR China|HKG",
    "TR": "Turkey|T\u00fcrkiye|T\u00fcrkei|Turcja",
    "VN": "Viet Nam|Vietnam|Wietnam",
    "KR": "Korea, Republic of|Korea (the Republic of)|South Korea",
    "RU": "Russian Federation|Russian Federation (the)|Rosja",
    "MD": "Moldova (the Republic of)|Republica Moldova|Moldau",
    "RO": "Rom\u00e2nia|ROMANIA|Rumunia|Rum\u00e4nien",
    "LC": "St. Lucia|Saint Lucia|St Lucia",
    "BA": "Bosnia & Herzegovina|Bosnia and Herzegovina|Bosnia-Herzegovina",
    "CG": "Congo|Congo (the)|Republic of the Congo",
    "CI": "C\u00f4te d'Ivoire|C\u00f4te d\u2019Ivoire|Ivory Coast",
    "PL": "Poland (PL)|PL - Polska|Polen / Poland|Rzeczpospolita Polska",
}


@pytest.mark.parametrize(
    ("text", "code"), [(text, code) for code, texts in SPELLINGS.items() for text in texts.split("|")]
)
def test_a_country_is_read_as_systems_write_it(text: str, code: str) -> None:
    assert parse_country(f" {text} ") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ireland, Republic of", "IE"),
        ("Korea, Republic of", "KR"),
        ("Moldova, Republic of", "MD"),
        ("\U0001f1f5\U0001f1f1", "PL"),
        ("Germany \U0001f1e9\U0001f1ea", "DE"),
    ],
)
def test_a_flag_or_a_name_with_its_title_behind_is_a_country(text: str, code: str) -> None:
    assert parse_country(text) == code


@pytest.mark.parametrize(
    "text", ["Atlantis", "TX", "Bayern", "Korea", "XX", "+49", "", "Germany / Poland", "Germany (TX)"]
)
def test_an_unknown_or_ambiguous_country_is_refused(text: str) -> None:
    with pytest.raises(UnknownPlace, match="two-letter code"):
        parse_country(text)


def test_every_country_is_read_by_its_names_in_the_languages_of_the_product() -> None:
    for language in ("en", "de", "pl", "ro"):
        for code, name in Locale(language).territories.items():
            if code in countries():
                assert parse_country(name.upper()) == code, (language, name)


def test_an_additional_name_never_contradicts_cldr() -> None:
    for key, code in further_names().items():
        assert parse_country(key) == code


def test_a_country_key_has_only_letters() -> None:
    assert country_key("The St. Kitts & N\u00e9vis") == "saintkittsandnevis"
    assert country_key("Pa\u0142ac") == "palac"
