"""Names of countries that people and systems write in addition to CLDR's display names.

ISO 3166's own English names, the official names, older names, and the short and variant forms of English,
German, Polish and Romanian. A name that several countries use ("Korea") is not here.
"""

import re

from models.base.spelling import without_accents

# Names by country code, in any notation that `country_key` maps to the same key.
_NAMES = {
    "AE": "UAE|Emirates|VAE|Emiraty Arabskie|ZEA|EAU",
    "AT": "Republic of Austria|Republik Österreich|Oesterreich|Republika Austrii|A",
    "AX": "Aland",
    "BA": "Bosnia|Bosnia-Herzegovina|Bosnien|Bosnien-Herzegowina|Bosna i Hercegovina|BiH",
    "BE": "Kingdom of Belgium|Belgique|België|Königreich Belgien",
    "BG": "Republic of Bulgaria|България",
    "BO": "Bolivia (Plurinational State of)|Plurinational State of Bolivia",
    "BQ": "Bonaire, Sint Eustatius and Saba|Bonaire|BES Islands",
    "BR": "Brasil|Federative Republic of Brazil",
    "BY": "Weißrussland|White Russia|Byelorussia|Republic of Belarus|Belorussia",
    "CC": "Cocos Islands|Keeling Islands",
    "CD": "Congo (the Democratic Republic of the)|Democratic Republic of the Congo|DR Congo|DRC"
    "|Demokratische Republik Kongo|Kongo, Demokratische Republik|DRK|Zaire|Republica Democrată Congo",
    "CG": "Congo|Republic of the Congo|Republik Kongo|Congo Republic|Republika Konga",
    "CH": "Swiss Confederation|Schweizerische Eidgenossenschaft|Suisse|Svizzera|Helvetia"
    "|Konfederacja Szwajcarska|Confederația Elvețiană",
    "CI": "Ivory Coast|Republic of Côte d'Ivoire|Elfenbeinküste|Wybrzeże Kości Słoniowej|Coasta de Fildeș",
    "CN": "People's Republic of China|PR China|PRC|China, People's Republic of|Mainland China"
    "|China mainland|Volksrepublik China|VR China|Chińska Republika Ludowa|ChRL"
    "|Republica Populară Chineză",
    "CV": "Republic of Cabo Verde|Kap Verde|Kapverden|Wyspy Zielonego Przylądka",
    "CZ": "Czech Republic|Czech Rep.|Czech|Tschechische Republik|Tschechei|Republika Czeska"
    "|Republica Cehă|Česko|Česká republika",
    "DE": "Federal Republic of Germany|Bundesrepublik Deutschland|Bundesrepublik|BRD|D"
    "|Republika Federalna Niemiec|RFN|Republica Federală Germania|RFG|Allemagne|Alemania|Duitsland",
    "DK": "Kingdom of Denmark|Danmark|Königreich Dänemark|Królestwo Danii",
    "DO": "Dominican Rep.",
    "EE": "Republic of Estonia|Eesti",
    "EH": "Sahara Occidental",
    "ES": "Kingdom of Spain|España|Königreich Spanien|Królestwo Hiszpanii|Regatul Spaniei",
    "FI": "Republic of Finland|Suomi",
    "FK": "Falkland Islands (Malvinas)|Malvinas|Islas Malvinas",
    "FM": "Micronesia (Federated States of)|Federated States of Micronesia",
    "FR": "French Republic|République française|Metropolitan France|Französische Republik"
    "|Republika Francuska|Republica Franceză",
    "GB": "UK|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland|Britain (UK)"
    "|England|Scotland|Wales|Northern Ireland|GB & NI|G.B.|Großbritannien"
    "|Vereinigtes Königreich Großbritannien und Nordirland|Schottland|Nordirland|VK"
    "|Zjednoczone Królestwo|Zjednoczone Królestwo Wielkiej Brytanii i Irlandii Północnej|Anglia|Szkocja"
    "|Walia|Irlandia Północna|Wlk. Brytania|W. Brytania|Marea Britanie|Regatul Unit al Marii Britanii"
    "|Regatul Unit al Marii Britanii și Irlandei de Nord|Scoția|Țara Galilor|Irlanda de Nord",
    "GE": "Republic of Georgia",
    "GM": "Republic of the Gambia",
    "GR": "EL|Hellas|Hellenic Republic|Hellenische Republik|Republika Grecka|Republica Elenă|Ελλάδα|Ellada",
    "HK": "Hong Kong|Hong Kong SAR|Hong Kong, China|H.K.",
    "HM": "Heard Island and McDonald Islands",
    "HR": "Republic of Croatia|Hrvatska|Republika Chorwacji",
    "HU": "Republic of Hungary|Magyarország|Hungaria",
    "IE": "Republic of Ireland|Irish Republic|Eire|Southern Ireland|Republik Irland|Republika Irlandii"
    "|Republica Irlanda",
    "IN": "Republic of India|Bharat",
    "IO": "British Indian Ocean Terr.",
    "IR": "Iran (Islamic Republic of)|Islamic Republic of Iran|Persia",
    "IT": "Italian Republic|Republika Włoska|Republica Italiană|Italienische Republik",
    "KG": "Kyrgyz Republic|Kirgisien",
    "KP": "Korea (the Democratic People's Republic of)|Democratic People's Republic of Korea|DPRK"
    "|Korea, North|Demokratische Volksrepublik Korea|KRLD|Koreańska Republika Ludowo-Demokratyczna",
    "KR": "Korea (the Republic of)|Republic of Korea|Korea, South|S. Korea|Republik Korea"
    "|Republika Korei|Republica Coreea|ROK",
    "LA": "Lao People's Democratic Republic|Lao PDR|Lao",
    "LI": "Principality of Liechtenstein|Fürstentum Liechtenstein",
    "LT": "Republic of Lithuania|Lietuva",
    "LU": "Grand Duchy of Luxembourg|Großherzogtum Luxemburg|Lëtzebuerg",
    "LV": "Republic of Latvia|Latvija",
    "LY": "Libyan Arab Jamahiriya|State of Libya",
    "MC": "Principality of Monaco",
    "MD": "Moldova (the Republic of)|Republic of Moldova|Moldawien|Moldau|Republika Mołdawii"
    "|Republika Mołdowy",
    "ME": "Crna Gora",
    "MF": "Saint Martin (French part)",
    "MK": "Macedonia|FYROM|Macedonia, the former Yugoslav Republic of|Republic of North Macedonia"
    "|Republic of Macedonia|The former Yugoslav Republic of Macedonia|Mazedonien|Macedonia (FYROM)"
    "|Northern Macedonia",
    "MM": "Burma|Birma|Birmania",
    "MO": "Macau|Macao|Macao SAR|Macau SAR|Macao, China|Makau",
    "MX": "Mejico|United Mexican States",
    "NL": "Kingdom of the Netherlands|Holland|Nederland|Königreich der Niederlande"
    "|Królestwo Niderlandów|Niderlandy|Olanda",
    "NO": "Kingdom of Norway|Norge|Noreg",
    "PH": "Republic of the Philippines|Phillipines|Pilipinas",
    "PL": "Republic of Poland|Republik Polen|Rzeczpospolita Polska|Republica Polonă|Pologne",
    "PS": "Palestine|Palestine, State of|State of Palestine|Palestinian Territory, Occupied"
    "|Palestinian Territory|Palästina|Palestyna|Palestina",
    "PT": "Portuguese Republic|Republika Portugalska",
    "RE": "Reunion Island|La Réunion",
    "RO": "Rumania|Roumania|Republic of Romania",
    "RS": "Republic of Serbia|Srbija|Republika Serbii",
    "RU": "Russian Federation|Russische Föderation|Federacja Rosyjska|Federația Rusă|Россия|Rossija",
    "SE": "Kingdom of Sweden|Sverige|Königreich Schweden|Królestwo Szwecji",
    "SH": "Saint Helena, Ascension and Tristan da Cunha",
    "SI": "Republic of Slovenia|Slovenija",
    "SK": "Slovak Republic|Slowakische Republik|Republika Słowacka|Republica Slovacă|Slovensko",
    "SX": "Sint Maarten (Dutch part)",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland|Swasiland|Suazi|Kingdom of Eswatini",
    "TF": "French Southern and Antarctic Lands",
    "TL": "East Timor|Osttimor|Timorul de Est|Timor Est",
    "TR": "Turkey|Republic of Turkey|Republic of Türkiye|Tuerkei|Republik Türkei|Republika Turcji",
    "TT": "Trinidad",
    "TW": "Taiwan (Province of China)|Republic of China|Taiwan, R.O.C.",
    "TZ": "Tanzania, the United Republic of|United Republic of Tanzania",
    "UA": "Україна",
    "UM": "United States Minor Outlying Islands (the)|US Minor Outlying Islands",
    "US": "USA|U.S.|United States of America|United States (USA)|America|Estados Unidos"
    "|Vereinigte Staaten von Amerika|Amerika|Stany Zjednoczone Ameryki"
    "|Stany Zjednoczone Ameryki Północnej|Stany Zjedn.|Ameryka|Statele Unite|SUA|Etats-Unis",
    "VA": "Holy See|Holy See (Vatican City State)|Vatican|Vatican City State|Vatikan|Heiliger Stuhl"
    "|Stolica Apostolska|Vatican (Sfântul Scaun)|Vaticanul",
    "VE": "Venezuela (Bolivarian Republic of)|Bolivarian Republic of Venezuela",
    "VG": "Virgin Islands (British)|BVI",
    "VI": "Virgin Islands (U.S.)|United States Virgin Islands|USVI",
    "VN": "Socialist Republic of Viet Nam",
    "WS": "Western Samoa|Independent State of Samoa",
    "ZA": "Republic of South Africa|RSA|Südafrikanische Republik|RPA|Republica Africa de Sud",
}
_ARTICLE = re.compile(r"\bthe\b")
_SAINT = re.compile(r"\bst\b")


def country_key(name: str) -> str:
    """Return what the spellings of one name share: letters without accents, articles and punctuation."""
    plain = without_accents(name.replace("&", " and "))
    words = "".join(char if char.isalnum() else " " for char in plain)
    return "".join(_SAINT.sub("saint", _ARTICLE.sub(" ", words)).split())


def further_names() -> dict[str, str]:
    """Return the code of each key of these names."""
    return {
        country_key(name): code for code, names in _NAMES.items() for name in names.split("|") if name.strip()
    }
