"""Romanian catalog: numbers, times, and the sentences of decisions."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Catalog
from models.feed.wording.sentences.romanian import SENTENCES

ROMANIAN = Catalog(
    language="ro",
    points={"one": "{number} punct", "few": "{number} puncte", "other": "{number} de puncte"},
    moment="{date}, ora {time} {zone}",
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "Fără răspuns, datele de contact sunt dezvăluite automat pe {at}.",
        "review_reminder.REMIND": "Fără răspuns, se trimite un memento pe {at}.",
        "other": "Situația se schimbă automat pe {at}.",
    },
    disagreement="Două verificări ale regulilor se contrazic, așa că se aplică răspunsul mai sigur; operatorul a fost anunțat.",
)
