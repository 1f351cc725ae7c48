"""Calling hours as of November 2026. Counsel has not checked these rows; they are to be checked each year.

A table never changes once a policy names it: copy it to a new one, with new dates.
"""

from datetime import date
from types import MappingProxyType

from rules.laws.calling_hours.row import HoursRow, each_day, weekdays

__all__ = ["ROWS"]

_CHECKED = date(2026, 11, 29)
_STATES = "https://blog.clickpointsoftware.com/telemarketing-calling-hours-by-state (an overview)"

_ROWS = (
    HoursRow(
        "US",
        each_day(8, 21),
        holidays_closed=False,
        law="47 CFR § 64.1200(c)(1)",
        source="https://www.leadgen-economy.com/blog/telemarketing-calling-hours-by-state (an overview)",
        checked_on=_CHECKED,
    ),
    # Many states have narrower hours than federal law, and some are closed on Sundays and holidays: a state
    # without a row of its own gets hours that are within those of nearly all.
    HoursRow(
        "US-*",
        each_day(9, 20, sundays=False),
        holidays_closed=True,
        law="laws of U.S. states, some narrower than 47 CFR § 64.1200(c)(1)",
        source=_STATES,
        checked_on=_CHECKED,
    ),
    HoursRow(
        "US-FL",
        each_day(8, 20),
        holidays_closed=False,
        law="Fla. Stat. § 501.616(6)",
        source=_STATES,
        checked_on=_CHECKED,
        most_calls=3,
        period_days=1,
    ),
    HoursRow(
        "US-AL",
        each_day(8, 20, sundays=False),
        holidays_closed=True,
        law="Alabama's rules on telephone solicitation (Ala. Code title 8, chapter 19A)",
        source=_STATES,
        checked_on=_CHECKED,
    ),
    HoursRow(
        "US-LA",
        each_day(8, 20, sundays=False),
        holidays_closed=True,
        law="La. R.S. 45:811; La. Pub. Serv. Comm'n General Order R-29617 § V(A)",
        source="https://dnc.com/holiday-alerts?year=2023 (quotes the order)",
        checked_on=_CHECKED,
    ),
    HoursRow(
        "US-CT",
        each_day(9, 20),
        holidays_closed=False,
        law="Conn. Gen. Stat. § 42-288a, as amended from 1 October 2023 (Public Act 23-98)",
        source="https://g2leadstosales.com/2025-state-by-state-calling-restrictions-telemarketing-call-centers"
        ".html (an overview)",
        checked_on=_CHECKED,
    ),
    HoursRow(
        "US-KY",
        each_day(10, 21),
        holidays_closed=False,
        law="KRS 367.46955",
        source=_STATES,
        checked_on=_CHECKED,
    ),
    HoursRow(
        "US-MA",
        each_day(8, 20),
        holidays_closed=False,
        law="M.G.L. c. 159C; 201 CMR 12.02(2)",
        source="https://regulations.justia.com/states/massachusetts/201-cmr/title-201-cmr-12-00/section-12-02",
        checked_on=_CHECKED,
    ),
    HoursRow(
        "FR",
        weekdays((10, 13), (14, 20)),
        holidays_closed=True,
        law="Code de la consommation, art. D223-9 (décret n° 2022-1313)",
        source="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046421823",
        checked_on=_CHECKED,
        most_calls=4,
        period_days=30,
    ),
    HoursRow(
        "ES",
        weekdays((9, 21)),
        holidays_closed=True,
        law="Real Decreto Legislativo 1/2007, art. 96.2",
        source="https://www.genbeta.com/actualidad/"
        "llamadas-comerciales-ilegales-a-partir-hora-asi-puedes-actuar-recibes (quotes the article)",
        checked_on=_CHECKED,
    ),
    HoursRow(
        "IT",
        weekdays((9, 20), saturday=((600, 1_140),)),
        holidays_closed=True,
        law="Codice di condotta per le attività di telemarketing e teleselling (GU 27.3.2024, n. 73)",
        source="https://www.pmi.it/impresa/pubblicita-e-marketing/453002/"
        "telemarketing-le-nuove-regole-e-le-fasce-orarie-permesse.html (a summary)",
        checked_on=_CHECKED,
        eves=((600, 1_140),),
    ),
    HoursRow(
        "GB",
        None,
        holidays_closed=True,
        law="Privacy and Electronic Communications Regulations 2003, reg. 21",
        source="https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/"
        "guide-to-pecr/guidance-on-direct-marketing-using-live-calls",
        checked_on=_CHECKED,
    ),
    HoursRow(
        "DE",
        None,
        holidays_closed=True,
        law="§ 7 UWG",
        source="the law's text",
        checked_on=_CHECKED,
    ),
    HoursRow(
        "AT",
        None,
        holidays_closed=True,
        law="§ 174 TKG 2021",
        source="https://www.werbe.at/dos-donts/recht-werbung/telefonwerbung-e-mail-werbung/ (a summary)",
        checked_on=_CHECKED,
    ),
    HoursRow(
        "PL",
        None,
        holidays_closed=True,
        law="Prawo komunikacji elektronicznej, art. 398",
        source="https://radcaprawny.kirp.pl/archiwum/praktyka/"
        "zakaz-cold-callingu-w-prawie-komunikacji-elektronicznej (a commentary)",
        checked_on=_CHECKED,
    ),
    HoursRow(
        "RO",
        None,
        holidays_closed=True,
        law="Legea 506/2004, art. 12",
        source="https://www.avocatura.com/legi/5039/legea-506-din-2004.html",
        checked_on=_CHECKED,
    ),
)

ROWS = MappingProxyType({row.place: row for row in _ROWS})
