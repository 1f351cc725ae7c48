"""Reasons to refuse complaints, decisions about them and messages, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class ComplaintRefusal(RefusalReason):
    """The API's `ComplaintErrorReason`."""

    COMPLAINT_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The complaint does not exist, or you may not see it.",
        en="Complaint not found.",
        de="Reklamation nicht gefunden.",
        pl="Nie znaleziono reklamacji.",
        ro="Reclamația nu a fost găsită.",
    )
    COMPLAINT_ITEM_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The complaint item does not exist.",
        en="Complaint item not found.",
        de="Reklamationsposition nicht gefunden.",
        pl="Nie znaleziono pozycji reklamacji.",
        ro="Poziția reclamației nu a fost găsită.",
    )
    ITEMS_MISSING = Why(
        RefusalCode.REQUIRED,
        "The request has no items.",
        en="items: send at least one item.",
        de="Geben Sie mindestens eine Position an.",
        pl="Prosimy podać co najmniej jedną pozycję.",
        ro="Indicați cel puțin o poziție.",
    )
    ITEM_REPEATED = Why(
        RefusalCode.INVALID,
        "An item is listed twice.",
        en="items: send each item only once.",
        de="Geben Sie jede Position nur einmal an.",
        pl="Każdą pozycję prosimy podać tylko raz.",
        ro="Indicați fiecare poziție o singură dată.",
    )
    TOO_MANY_ITEMS_TO_DECIDE = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The request decides too many items.",
        en="items: send at most {most} items.",
        de="Zu viele Positionen (höchstens {most}).",
        pl="Zbyt wiele pozycji (maksymalnie {most}).",
        ro="Prea multe poziții (maximum {most}).",
    )
    TOO_MANY_ITEMS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "The complaint has too many items.",
        en="items: at most {most} items per complaint. File the rest in another complaint.",
        de="Zu viele Positionen für eine Reklamation (höchstens {most}). Reichen Sie die übrigen mit einer weiteren Reklamation ein.",
        pl="Zbyt wiele pozycji w jednej reklamacji (maksymalnie {most}). Pozostałe prosimy zgłosić w osobnej reklamacji.",
        ro="Prea multe poziții într-o reclamație (maximum {most}). Depuneți restul într-o altă reclamație.",
    )
    ITEMS_OR_FILE = Why(
        RefusalCode.INVALID,
        "Exactly one of `items` and `file` is required.",
        en="items, file: send exactly one of the two.",
        de="Geben Sie entweder Positionen oder eine Datei an, nicht beides.",
        pl="Prosimy podać albo pozycje, albo plik.",
        ro="Indicați fie poziții, fie un fișier, nu ambele.",
    )
    NO_ROW_FILED = Why(
        RefusalCode.INVALID,
        "No row could be filed; `rowErrors` has the reasons. If all rows have the same code, `code` is that code.",
        en="{field}: no row could be filed. See `rowErrors` for the reasons.",
        de="Es konnte keine Zeile eingereicht werden. Die Gründe sind bei den Zeilen angegeben.",
        pl="Nie można było zgłosić żadnego wiersza. Przyczyny podano przy wierszach.",
        ro="Nu s-a putut depune niciun rând. Motivele sunt indicate la fiecare rând.",
    )
    NO_KNOWN_HEADINGS = Why(
        RefusalCode.INVALID,
        "The file has none of the columns of a complaint file.",
        en="The first rows of the file contain no known headings. The file needs the columns {columns}.",
        de="Die ersten Zeilen der Datei enthalten keine bekannten Spaltenüberschriften. Die Datei braucht die Spalten {columns}.",
        pl="Pierwsze wiersze pliku nie zawierają znanych nagłówków. Plik musi zawierać kolumny {columns}.",
        ro="Primele rânduri ale fișierului nu conțin titluri de coloană cunoscute. Fișierul trebuie să aibă coloanele {columns}.",
    )
    COLUMNS_MISSING = Why(
        RefusalCode.INVALID,
        "The file lacks some of the columns of a complaint file.",
        en="The file is missing columns: {columns}. Use the template's headings.",
        de="In der Datei fehlen Spalten: {columns}. Verwenden Sie die Überschriften der Vorlage.",
        pl="W pliku brakuje kolumn: {columns}. Prosimy użyć nagłówków z szablonu.",
        ro="Din fișier lipsesc coloane: {columns}. Folosiți titlurile de coloană din șablon.",
    )
    COLUMN_REPEATED = Why(
        RefusalCode.INVALID,
        "Two columns of the file have the same meaning.",
        en='The columns "{first}" and "{second}" have the same meaning. Remove one of them.',
        de="Die Spalten „{first}“ und „{second}“ haben dieselbe Bedeutung. Entfernen Sie eine davon.",
        pl="Kolumny „{first}” i „{second}” mają to samo znaczenie. Prosimy usunąć jedną z nich.",
        ro="Coloanele „{first}” și „{second}” au același sens. Eliminați una dintre ele.",
    )
    NO_ROW_FILLED_IN = Why(
        RefusalCode.INVALID,
        "No row of the file is filled in.",
        en="No row is filled in. Choose a reason and write an explanation for each faulty contact.",
        de="Keine Zeile ist ausgefüllt. Wählen Sie für jeden fehlerhaften Kontakt einen Grund und geben Sie eine Erläuterung ein.",
        pl="Nie wypełniono żadnego wiersza. Dla każdego wadliwego kontaktu prosimy wybrać powód i wpisać wyjaśnienie.",
        ro="Niciun rând nu este completat. Pentru fiecare contact defectuos, alegeți un motiv și scrieți o explicație.",
    )
    TOO_MANY_ROWS_FILLED_IN = Why(
        RefusalCode.INVALID,
        "Too many rows of the file are filled in.",
        en="The file has more than {most} filled rows. Split it into several complaints.",
        de="Die Datei hat zu viele ausgefüllte Zeilen (höchstens {most}). Teilen Sie sie auf mehrere Reklamationen auf.",
        pl="Plik zawiera zbyt wiele wypełnionych wierszy (maksymalnie {most}). Prosimy podzielić go na kilka reklamacji.",
        ro="Fișierul are prea multe rânduri completate (maximum {most}). Împărțiți-l în mai multe reclamații.",
    )
    DELIVERY_ID_MISSING = Why(
        RefusalCode.REQUIRED,
        "The row has no delivery id.",
        en="required. Copy the ID from the template.",
        de="Die ID der Lieferung fehlt. Kopieren Sie sie aus der Vorlage.",
        pl="Brak ID dostawy. Prosimy skopiować je z szablonu.",
        ro="Lipsește ID-ul livrării. Copiați-l din șablon.",
    )
    DELIVERY_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The account has no such delivery.",
        en="delivery not found in your account.",
        de="Diese Lieferung gibt es in Ihrem Konto nicht.",
        pl="Nie znaleziono takiej dostawy na Państwa koncie.",
        ro="Livrarea nu a fost găsită în contul dumneavoastră.",
    )
    DELIVERY_REPEATED = Why(
        RefusalCode.CONFLICT,
        "Another row has the same delivery.",
        en="the same delivery is already in row {row}. Keep only one.",
        de="Dieselbe Lieferung steht bereits in Zeile {row}. Behalten Sie nur eine davon.",
        pl="Ta sama dostawa znajduje się już w wierszu {row}. Prosimy pozostawić tylko jeden z tych wierszy.",
        ro="Aceeași livrare apare deja în rândul {row}. Păstrați numai unul dintre rânduri.",
    )
    REASON_MISSING = Why(
        RefusalCode.REQUIRED,
        "The row has no reason.",
        en="required. Choose what is wrong with this contact.",
        de="Der Grund fehlt. Wählen Sie, was an diesem Kontakt nicht stimmt.",
        pl="Brak powodu. Prosimy wybrać, na czym polega wada tego kontaktu.",
        ro="Lipsește motivul. Alegeți ce este greșit la acest contact.",
    )
    REASON_UNKNOWN = Why(
        RefusalCode.INVALID,
        "The reason of the row is not known.",
        en="unknown reason. Choose one of: {labels}.",
        de="Unbekannter Grund. Wählen Sie einen der folgenden: {labels}.",
        pl="Nieznany powód. Prosimy wybrać jeden z następujących: {labels}.",
        ro="Motiv necunoscut. Alegeți unul dintre următoarele: {labels}.",
    )
    EXPLANATION_MISSING = Why(
        RefusalCode.REQUIRED,
        "The row has no explanation.",
        en="required. Describe in your own words what is wrong with this contact.",
        de="Die Erläuterung fehlt. Beschreiben Sie mit eigenen Worten, was an diesem Kontakt nicht stimmt.",
        pl="Brak wyjaśnienia. Prosimy opisać własnymi słowami, na czym polega wada tego kontaktu.",
        ro="Lipsește explicația. Descrieți cu propriile cuvinte ce este greșit la acest contact.",
    )
    NO_CONSENT_ALREADY_ACCEPTED = Why(
        RefusalCode.CONFLICT,
        "A no-consent complaint about the person was accepted before.",
        en="a no-consent complaint was already accepted; this person is no longer contacted.",
        de="Eine Reklamation wegen fehlender Einwilligung wurde bereits anerkannt; diese Person wird nicht mehr kontaktiert.",
        pl="Reklamacja z powodu braku zgody została już uznana; z tą osobą nikt się już nie kontaktuje.",
        ro="O reclamație privind lipsa acordului a fost deja acceptată; această persoană nu mai este contactată.",
    )
    REMEDY_ALREADY_GRANTED = Why(
        RefusalCode.CONFLICT,
        "The delivery of the row had its remedy.",
        en="this delivery has already been remedied; each delivery can be remedied only once.",
        de="Für diese Lieferung wurde bereits ein Ausgleich gewährt; das ist je Lieferung nur einmal möglich.",
        pl="Za tę dostawę przyznano już rekompensatę; każda dostawa może być zrekompensowana tylko raz.",
        ro="Pentru această livrare s-a acordat deja o compensație; fiecare livrare poate fi compensată o singură dată.",
    )
    COMPLAINT_OPEN = Why(
        RefusalCode.CONFLICT,
        "A complaint about the delivery of the row is open.",
        en="complaint {number} about this delivery is still open.",
        de="Die Reklamation {number} zu dieser Lieferung ist noch offen.",
        pl="Reklamacja {number} dotycząca tej dostawy jest nadal otwarta.",
        ro="Reclamația {number} privind această livrare este încă deschisă.",
    )
    REASON_ALREADY_REJECTED = Why(
        RefusalCode.CONFLICT,
        "A rule rejected this reason for the same delivery before.",
        en="this reason was already rejected in complaint {number}. Send a message about that complaint if you have more to add.",
        de="Dieser Grund wurde in der Reklamation {number} bereits abgelehnt. Senden Sie zu dieser Reklamation eine Nachricht, wenn Sie etwas ergänzen möchten.",
        pl="Ten powód został już odrzucony w reklamacji {number}. Aby coś dodać, prosimy wysłać wiadomość dotyczącą tej reklamacji.",
        ro="Acest motiv a fost deja respins în reclamația {number}. Dacă doriți să adăugați ceva, trimiteți un mesaj la acea reclamație.",
    )
    ITEM_NOT_FILED_BEFORE = Why(
        RefusalCode.CONFLICT,
        "The item was not filed by the first request with this idempotencyKey.",
        en="this item was not filed with the others. File it again with a new idempotency key.",
        de="Diese Position wurde nicht mit den anderen eingereicht. Reichen Sie sie in einer neuen Reklamation ein.",
        pl="Ta pozycja nie została zgłoszona razem z pozostałymi. Prosimy zgłosić ją w nowej reklamacji.",
        ro="Această poziție nu a fost depusă împreună cu celelalte. Depuneți-o într-o reclamație nouă.",
    )
    VERDICT_NOT_POSSIBLE = Why(
        RefusalCode.INVALID,
        "An operator's verdict must be ACCEPTED or REJECTED.",
        en="verdict: must be ACCEPTED or REJECTED.",
        de="Die Entscheidung muss ACCEPTED oder REJECTED lauten.",
        pl="Decyzja musi mieć wartość ACCEPTED lub REJECTED.",
        ro="Decizia trebuie să fie ACCEPTED sau REJECTED.",
    )
    OVERRIDE_REASON_MISSING = Why(
        RefusalCode.REQUIRED,
        "The verdict overrules a rule, and the reason for this is missing.",
        en="overrideReason: required to overrule {rule}, whose verdict is {verdict}.",
        de="Diese Entscheidung weicht von der Regel {rule} ab ({verdict}). Geben Sie den Grund dafür an.",
        pl="Ta decyzja różni się od wyniku reguły {rule} ({verdict}). Prosimy podać powód.",
        ro="Această decizie diferă de regula {rule} ({verdict}). Indicați motivul.",
    )
    ITEM_CHANGED = Why(
        RefusalCode.STALE_VERSION,
        "The item has changed since it was read.",
        en="The item is at version {version}, not {expected}. Read it again.",
        de="Die Position wurde inzwischen geändert. Laden Sie sie neu.",
        pl="Pozycja została w międzyczasie zmieniona. Prosimy wczytać ją ponownie.",
        ro="Poziția a fost modificată între timp. Reîncărcați-o.",
    )
    ITEM_ALREADY_ACCEPTED = Why(
        RefusalCode.CONFLICT,
        "The item was accepted, and its remedy has been granted.",
        en="verdict: an accepted item cannot be rejected, because its remedy has been granted.",
        de="Eine anerkannte Position kann nicht mehr abgelehnt werden, weil der Ausgleich bereits gewährt wurde.",
        pl="Uznanej pozycji nie można odrzucić, ponieważ przyznano już rekompensatę.",
        ro="O poziție acceptată nu mai poate fi respinsă, deoarece compensația a fost deja acordată.",
    )
    DELIVERY_ALREADY_REMEDIED = Why(
        RefusalCode.CONFLICT,
        "The delivery has already been remedied; see `decision`.",
        en="verdict: this delivery has already been remedied; each delivery can be remedied only once.",
        de="Für diese Lieferung wurde bereits ein Ausgleich gewährt; das ist je Lieferung nur einmal möglich.",
        pl="Za tę dostawę przyznano już rekompensatę; każda dostawa może być zrekompensowana tylko raz.",
        ro="Pentru această livrare s-a acordat deja o compensație; fiecare livrare poate fi compensată o singură dată.",
    )
    STATISTICS_NOT_YOURS = Why(
        RefusalCode.FORBIDDEN,
        "Only vendors and operators can read complaint statistics.",
        en="Only vendors and operators can read complaint statistics.",
        de="Nur Anbieter und Betreiber können die Statistik der Reklamationen lesen.",
        pl="Statystyki reklamacji mogą odczytać tylko usługodawcy i operatorzy.",
        ro="Numai furnizorii și operatorii pot citi statisticile reclamațiilor.",
    )
    PERIOD_NOT_WHOLE_DAYS = Why(
        RefusalCode.INVALID,
        "Vendors can query the marketplace by whole days only.",
        en="period.{name}: vendors can query the marketplace by whole days only. Send midnight in UTC, such as {day}T00:00:00Z, or set `own` to true for your own numbers.",
        de="Zahlen des gesamten Marktplatzes gibt es für Anbieter nur für ganze Tage. Verwenden Sie Mitternacht (UTC), etwa {day}T00:00:00Z, oder rufen Sie Ihre eigenen Zahlen ab.",
        pl="Dane całego rynku są dostępne dla usługodawców tylko dla pełnych dni. Prosimy użyć północy czasu UTC, np. {day}T00:00:00Z, lub odczytać własne dane.",
        ro="Furnizorii pot interoga datele întregii piețe numai pe zile întregi. Folosiți miezul nopții UTC, de exemplu {day}T00:00:00Z, sau cereți datele proprii.",
    )
    OWN_WITHOUT_VENDOR = Why(
        RefusalCode.FORBIDDEN,
        "You do not act for a vendor.",
        en="own: you do not act for a vendor. Omit this field.",
        de="Sie handeln nicht für einen Anbieter. Lassen Sie dieses Feld weg.",
        pl="Nie działają Państwo w imieniu usługodawcy. Prosimy pominąć to pole.",
        ro="Nu acționați pentru un furnizor. Omiteți acest câmp.",
    )
    MESSAGE_NOT_ALLOWED = Why(
        RefusalCode.FORBIDDEN,
        "Only the vendor that filed the complaint and operators can send messages.",
        en="Only the vendor that filed the complaint and operators can send messages.",
        de="Nur der Anbieter, der die Reklamation eingereicht hat, und Betreiber können Nachrichten senden.",
        pl="Wiadomości mogą wysyłać tylko usługodawca, który złożył reklamację, i operatorzy.",
        ro="Numai furnizorul care a depus reclamația și operatorii pot trimite mesaje.",
    )
    TEMPLATE_LANGUAGE_UNSUPPORTED = Why(
        RefusalCode.INVALID,
        "There is no template in this language.",
        en="language: unsupported language. Use en, de, pl or ro.",
        de="Diese Sprache wird nicht unterstützt. Verwenden Sie en, de, pl oder ro.",
        pl="Ten język nie jest obsługiwany. Prosimy użyć en, de, pl lub ro.",
        ro="Această limbă nu este acceptată. Folosiți en, de, pl sau ro.",
    )
