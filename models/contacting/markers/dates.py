"""Until when somebody is away: the first date after "until" in a folded sentence."""

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janner stycznia styczen ianuarie",
            "february feb februar lutego luty februarie",
            "march mar marz marca marzec martie",
            "april apr april kwietnia kwiecien aprilie",
            "may mai maja maj",
            "june jun juni czerwca czerwiec iunie",
            "july jul juli lipca lipiec iulie",
            "august aug sierpnia sierpien",
            "september sep sept wrzesnia wrzesien septembrie",
            "october oct oktober okt pazdziernika pazdziernik octombrie",
            "november nov listopada listopad noiembrie",
            "december dec dezember dez grudnia grudzien decembrie",
        ),
        start=1,
    )
    for name in names.split()
}
_UNTIL = re.compile(r"(?<![^ ])(?:until|till|through|bis|do|pana) ")
_WINDOW = 60  # characters after "until" in which the date begins
_MONTH = f"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_NAMED = re.compile(
    rf"(?<![^ ])(?:(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?: (\d{{4}}))?"
    rf"|{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?: ,)?(?: (\d{{4}}))?)(?![^ ])"
)
_YEAR_FIRST = re.compile(r"(?<![^ ])(\d{4})[- ](\d{1,2})[- ](\d{1,2})(?![^ ])")
_DAY_FIRST = re.compile(r"(?<![^ ])(\d{1,2}) (\d{1,2})(?: (\d{4}))?(?![^ ])")
_FARTHEST = timedelta(days=366)


def date_until(sentence: str, today: date) -> date | None:
    """Return the date, in the year that makes it today or later; None if none is named within a year.

    Dates in figures are read as day and month, or as year, month and day.
    """
    after = _UNTIL.search(sentence)
    if after is None:
        return None
    rest = sentence[after.end() : after.end() + _WINDOW]
    named = _NAMED.search(rest)
    if named is not None:
        first_day, month, first_year, first_month, second_day, second_year = named.groups()
        number = _MONTHS[month or first_month]
        return _on(first_year or second_year, number, int(first_day or second_day), today)
    year_first = _YEAR_FIRST.search(rest)
    if year_first is not None:
        year, month, day = year_first.groups()
        return _on(year, int(month), int(day), today)
    day_first = _DAY_FIRST.search(rest)
    if day_first is None:
        return None
    day, month, year = day_first.groups()
    return _on(year, int(month), int(day), today)


def _on(year: str | None, month: int, day: int, today: date) -> date | None:
    for candidate in (int(year),) if year else (today.year, today.year + 1):
        try:
            named = date(candidate, month, day)
        except ValueError:
            continue
        if timedelta() <= named - today <= _FARTHEST:
            return named
    return None
