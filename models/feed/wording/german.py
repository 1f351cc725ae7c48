"""German catalog: numbers, times, and the sentences of decisions."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Catalog
from models.feed.wording.sentences.german import SENTENCES

GERMAN = Catalog(
    language="de",
    points={"one": "{number} Punkt", "other": "{number} Punkte"},
    moment="{date}, {time} {zone}",
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "Ohne Antwort öffnen sich die Kontaktdaten von selbst: {at}.",
        "review_reminder.REMIND": "Ohne Antwort wird eine Erinnerung gesendet: {at}.",
        "other": "Das ändert sich von selbst: {at}.",
    },
    disagreement="Zwei Prüfungen der Regeln widersprechen sich, daher gilt die sichere Antwort; der Betreiber wurde verständigt.",
)
