"""Which of the supported languages a client prefers (RFC 9110, 12.5.4)."""

from models.feed.wording.language import CATALOGS

ENGLISH = "en"
MOST_RANGES = 20  # a browser lists a handful


def preferred_language(accept_language: str | None) -> str:
    """Return the locale for this header, such as `de-AT`; English if it lists no supported language."""
    best, most = ENGLISH, 0.0
    for entry in (accept_language or "").split(",", MOST_RANGES)[:MOST_RANGES]:
        tag, *parameters = (part.strip() for part in entry.split(";"))
        weight = _weight(parameters)
        if weight > most and tag.replace("_", "-").split("-")[0].lower() in CATALOGS:
            best, most = tag, weight
    return best


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0.0 <= weight <= 1.0 else 0.0
    return 1.0
