"""Romanian catalog: numbers, times, and the sentences of decisions."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Catalog
from models.feed.wording.sentences.romanian import SENTENCES

ROMANIAN = Catalog(
    language="ro",
    points={"one": "{number} punct", "few": "{number} puncte", "other": "{number} de puncte"},
    moment="{date}, ora\u00a0{time} {zone}",
    start="{date}, la ora\u00a0{time} {zone}",
    number_space="\u00a0",
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "În lipsa unui răspuns, datele de contact vor fi dezvăluite automat pe {at}.",
        "review_reminder.REMIND": "În lipsa unui răspuns, se va trimite un memento pe {at}.",
        "chat_view.SHOW": "Dacă nu se schimbă nimic până atunci, datele de contact din mesaje vor deveni vizibile automat pe {at}.",
        "contact_permission.ALLOWED": "Contactarea va fi posibilă pe {at}.",
        "contact_permission.WAIT": "Acest lucru este permis până pe {at}.",
        "other": "Situația se va schimba automat pe {at}.",
    },
    disagreement="Două evaluări ale regulilor se contrazic, așa că se aplică decizia mai prudentă; operatorul a fost notificat.",
)
