"""Recognition of lead sources in the wording of other systems; unknown ones are OTHER, with their text."""

from models.contact_data import clean_line
from models.leads.tables import LeadSource

MAX_TEXT_CHARS = 200
# Purchased lists are AGGREGATOR, to be verified before use (S3.11).
_KNOWN = {
    LeadSource.CHAT: "chatbot|live chat|chat message",
    LeadSource.ORDER: "orders|purchase|bestellung",
    LeadSource.REGISTRATION: "registrations|sign-up|signup|registrierung|anmeldung",
    LeadSource.FREE_MATERIAL: "free material|free materials|whitepaper|white paper|e-book|ebook|download",
    LeadSource.REVIEW: "reviews|bewertung",
    LeadSource.CALCULATOR: "calculators|rechner",
    LeadSource.CONTEST: "contests|competition|giveaway|gewinnspiel",
    LeadSource.COUPON: "coupons|voucher|gutschein",
    LeadSource.WEBINAR: "webinars|online seminar",
    LeadSource.AGGREGATOR: "aggregators|purchased list|bought list|list purchase",
    LeadSource.NEWSLETTER: "newsletters|newsletter sign-up",
    LeadSource.OPPORTUNITY: "opportunities",
    LeadSource.OTHER: "others|sonstige|unknown",
}
_SOURCES = {
    **{word: source for source, words in _KNOWN.items() for word in words.split("|")},
    **{source.value.lower(): source for source in LeadSource},
    **{source.value.lower().replace("_", " "): source for source in LeadSource},
}


def parse_source(text: str) -> tuple[LeadSource, str | None]:
    """Return the source and, unless it is one of ours by name, the text of at most 200 characters.

    Raises InvalidText for text that cannot be stored.
    """
    text = clean_line(text, MAX_TEXT_CHARS)
    word = " ".join(text.casefold().split())
    source = _SOURCES.get(word, LeadSource.OTHER)
    is_ours = word.replace(" ", "_") == source.value.lower()
    return source, None if is_ours or not text else text
