"""Polish catalog: numbers, times, and the sentences of decisions."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Catalog
from models.feed.wording.sentences.polish import SENTENCES

POLISH = Catalog(
    language="pl",
    points={
        "one": "{number} punkt",
        "few": "{number} punkty",
        "many": "{number} punktów",
        "other": "{number} punktu",
    },
    moment="{date}, {time} {zone}",
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "Bez odpowiedzi dane otworzą się same: {at}.",
        "review_reminder.REMIND": "Bez odpowiedzi zostanie wysłane przypomnienie: {at}.",
        "other": "To zmieni się samo: {at}.",
    },
    disagreement="Dwa sprawdzenia reguł dają różne wyniki, więc obowiązuje bezpieczna odpowiedź; operator został powiadomiony.",
)
