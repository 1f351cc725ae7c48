"""How long an opt-out list counts as fresh after its date, by what it is."""

from collections.abc import Mapping

__all__ = ["FRESH_FOR"]

_DAY = 24 * 3600

# In seconds; None: for ever. Sellers must have fetched the US register within 31 days (47 CFR
# 64.1200(c)(2)(i)(D)); where the law names no age, lists of people who want no advertising are kept as fresh.
FRESH_FOR: Mapping[str, int | None] = {
    "DO_NOT_CALL": 31 * _DAY,
    "ROBINSON": 31 * _DAY,
    "OWN": None,
}
