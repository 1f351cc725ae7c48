"""Words around a phone number, in English, German, Polish and Romanian: labels and words for extensions.

All in small letters and without accents.
"""

_LABELS = {
    "en": (
        "phone telephone tel mobile mob cell cellular cellphone number no nr ph home work office business"
        " company private personal main direct landline line contact call callto whatsapp wa viber signal sms"
        " text day daytime evening primary other p t m c h w o"
    ),
    "de": (
        "telefon telefonnummer telnr rufnummer nummer mobil mobilnummer mobilfunk mobiltelefon handy"
        " handynummer festnetz festnetznummer privat geschaftlich geschaeftlich dienstlich buro buero"
        " zentrale fon arbeit firma"
    ),
    "pl": (
        "kom komorka komorkowy komorkowe numer telefonu stacjonarny stacjonarne domowy sluzbowy sluzbowe"
        " praca prywatny biuro dom"
    ),
    "ro": "mobilul telefonul numar numarul fix acasa serviciu de birou",
}
LABEL_WORDS = frozenset(word for words in _LABELS.values() for word in words.split())
NUMBER_WORDS = frozenset(("number", "no", "nr", "nummer", "numer", "numar", "numarul"))
FAX_WORDS = frozenset(("fax", "telefax", "faks", "faxnummer", "f"))
_EXTENSIONS = (
    *("extension", "extn", "ext", "xtn", "x"),
    *("durchwahl", "durchw", "dw", "apparat", "app", "nebenstelle", "nst", "klappe", "kl"),
    *("numer wewnetrzny", "nr wewnetrzny", "nr wewn", "nr wew", "wewnetrzny", "wewn", "wew"),
    *("numar interior", "interior", "int"),
)
EXTENSION_WORDS = tuple(sorted(_EXTENSIONS, key=len, reverse=True))  # a pattern tries them in order
