"""Polish catalog: numbers, times, and the sentences of decisions."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

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
    moment="{date}\u00a0r., godz.\u00a0{time} {zone}",
    start="{date}\u00a0r. o\u00a0godz.\u00a0{time} {zone}",
    number_space="\u00a0",
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "W razie braku odpowiedzi dane kontaktowe zostaną ujawnione automatycznie {at}.",
        "review_reminder.REMIND": "W razie braku odpowiedzi przypomnienie zostanie wysłane {at}.",
        "chat_view.SHOW": "Jeśli do tego czasu nic się nie zmieni, dane kontaktowe w wiadomościach zostaną pokazane automatycznie {at}.",
        "contact_permission.ALLOWED": "Kontakt będzie możliwy {at}.",
        "contact_permission.WAIT": "Jest to dozwolone do tej chwili: {at}.",
        "other": "Zmieni się to automatycznie {at}.",
    },
    disagreement="Dwukrotne zastosowanie reguł dało różne wyniki, dlatego obowiązuje ostrożniejsza decyzja; operator został powiadomiony.",
)
