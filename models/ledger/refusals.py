"""Reasons to refuse movements of points, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class PointsRefusal(RefusalReason):
    """The API's `PointsErrorReason`."""

    INSUFFICIENT_POINTS = Why(
        RefusalCode.INSUFFICIENT_POINTS,
        "The account does not have enough points.",
        en="This costs {cost} points, but only {available} are available. Buy more points, or wait: points on hold are released when an application is declined.",
        de="Das kostet {cost}; verfügbar: {available}. Kaufen Sie Punkte oder warten Sie: Reservierte Punkte werden freigegeben, wenn eine Bewerbung abgelehnt wird.",
        pl="Koszt: {cost}; dostępne: {available}. Prosimy dokupić punkty lub zaczekać: zablokowane punkty są zwalniane po odrzuceniu zgłoszenia.",
        ro="Cost: {cost}; disponibil: {available}. Cumpărați puncte sau așteptați: punctele blocate sunt eliberate când o cerere este refuzată.",
    )
    BALANCE_TOO_HIGH = Why(
        RefusalCode.CONFLICT,
        "The account would have more points than the maximum.",
        en="points: the account has {available:,} points and can have at most {most:,}.",
        de="Das Konto hätte zu viele Punkte. Guthaben: {available}; Höchststand: {most}.",
        pl="Konto miałoby zbyt wiele punktów. Saldo: {available}; maksimum: {most}.",
        ro="Contul ar avea prea multe puncte. Sold: {available}; maximum: {most}.",
    )
    POINTS_OUT_OF_RANGE = Why(
        RefusalCode.INVALID,
        "The number of points is too small or too large.",
        en="points: enter a number from 1 to {most}.",
        de="Geben Sie eine Anzahl von 1 bis {most} ein.",
        pl="Prosimy podać liczbę od 1 do {most}.",
        ro="Introduceți un număr între 1 și {most}.",
    )
