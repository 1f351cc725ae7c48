"""German catalog: numbers, times, and the sentences of decisions."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Catalog
from models.feed.wording.sentences.german import SENTENCES

GERMAN = Catalog(
    language="de",
    points={"one": "{number} Punkt", "other": "{number} Punkte"},
    moment="{date}, {time}\u00a0Uhr {zone}",
    start="{date} um {time}\u00a0Uhr {zone}",
    number_space="\u00a0",
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "Ohne Antwort werden die Kontaktdaten am {at} automatisch freigegeben.",
        "review_reminder.REMIND": "Ohne Antwort wird am {at} eine Erinnerung gesendet.",
        "chat_view.SHOW": "Wenn sich bis dahin nichts ändert, werden Kontaktdaten in Nachrichten am {at} automatisch sichtbar.",
        "contact_permission.ALLOWED": "Die Kontaktaufnahme ist ab dem {at} möglich.",
        "contact_permission.WAIT": "Das ist bis zum {at} erlaubt.",
        "other": "Das ändert sich am {at} automatisch.",
    },
    disagreement="Zwei Auswertungen der Regeln widersprechen sich, daher gilt die vorsichtigere Entscheidung; der Betreiber wurde benachrichtigt.",
)
