"""What an accepted change should be known for, in four languages: nothing was refused."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.base.refusal import Wording, Words


class CallNote(Wording):
    """Warnings about a set-up, an employee, an appointment or a VIP."""

    NEEDS_TRANSFER_PLAN = Words(
        en="Transfers, extensions and VIP text messages need a plan with transfer. The data was stored and has no effect until then.",
        de="Durchstellen, Durchwahlen und VIP-SMS setzen einen Tarif mit Durchstellen voraus. Die Angaben wurden gespeichert und wirken erst dann.",
        pl="Przełączanie rozmów, numery bezpośrednie i SMS-y o VIP-ach wymagają planu z przełączaniem. Dane zapisano; do tego czasu nie mają skutku.",
        ro="Transferul apelurilor, numerele directe și SMS-urile despre VIP-uri necesită un abonament cu transfer. Datele au fost salvate și nu au efect până atunci.",
    )
    NO_EXTENSION = Words(
        en="Calls can be put through only with an extension. Until then a message is taken.",
        de="Durchgestellt werden kann nur mit einer Durchwahl. Bis dahin wird eine Nachricht aufgenommen.",
        pl="Rozmowy można przełączać tylko z numerem bezpośrednim. Do tego czasu przyjmowana jest wiadomość.",
        ro="Apelurile pot fi transferate numai cu un număr direct. Până atunci se preia un mesaj.",
    )
    MOBILE_NOT_IN_PLAN = Words(
        en="The numbering plan does not know this mobile number. Check it.",
        de="Der Nummernplan kennt diese Mobilnummer nicht. Prüfen Sie sie.",
        pl="Plan numeracji nie zna tego numeru komórkowego. Prosimy go sprawdzić.",
        ro="Planul de numerotație nu cunoaște acest număr de mobil. Verificați-l.",
    )
    NUMBER_NOT_IN_PLAN = Words(
        en="The numbering plan does not know this number. Check it.",
        de="Der Nummernplan kennt diese Nummer nicht. Prüfen Sie sie.",
        pl="Plan numeracji nie zna tego numeru. Prosimy go sprawdzić.",
        ro="Planul de numerotație nu cunoaște acest număr. Verificați-l.",
    )
    BLOCK_WOULD_KNOW_EXTENSIONS = Words(
        en="This is the number of a switchboard. An entry for the block {block} would also recognise its extensions.",
        de="Das ist die Nummer einer Zentrale. Ein Eintrag für den Nummernblock {block} würde auch die Durchwahlen erkennen.",
        pl="To jest numer centrali. Wpis dla bloku {block} rozpoznawałby także numery wewnętrzne.",
        ro="Acesta este numărul unei centrale. O intrare pentru blocul {block} ar recunoaște și interioarele.",
    )
    NAME_NOT_UNIQUE = Words(
        en="Several employees have this name, so the row is a new employee. Enter an ID to change one of them.",
        de="Mehrere Mitarbeiter haben diesen Namen; die Zeile gilt daher als neuer Mitarbeiter. Geben Sie eine Kennung an, um einen von ihnen zu ändern.",
        pl="Kilku pracowników nazywa się tak samo, dlatego wiersz oznacza nowego pracownika. Aby zmienić jednego z nich, prosimy podać identyfikator.",
        ro="Mai mulți angajați au acest nume, așa că rândul este un angajat nou. Pentru a modifica unul dintre ei, indicați un identificator.",
    )
    OVERLAPS = Words(
        en="The appointment overlaps {number} others. The one that starts latest holds.",
        de="Der Termin überschneidet sich mit weiteren ({number}). Es gilt der, der zuletzt beginnt.",
        pl="Wpis nakłada się na inne (liczba: {number}). Obowiązuje ten, który zaczyna się najpóźniej.",
        ro="Programarea se suprapune cu altele (număr: {number}). Este valabilă cea care începe cel mai târziu.",
    )
    PHONE_UNREADABLE = Words(
        en="The number to call back cannot be read. It was stored as text. Check it.",
        de="Die Rückrufnummer ist nicht lesbar und wurde als Text gespeichert. Prüfen Sie sie.",
        pl="Nie można odczytać numeru do oddzwonienia. Zapisano go jako tekst. Prosimy go sprawdzić.",
        ro="Numărul pentru revenire nu poate fi citit și a fost salvat ca text. Verificați-l.",
    )
