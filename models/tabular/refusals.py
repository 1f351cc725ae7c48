"""Reasons to refuse an uploaded table, or one of its rows, in four languages.

Those about a row begin with its number.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why, Wording, Words

INVALID = RefusalCode.INVALID


class FileContent(Wording):
    """What a file is instead of a table, as in "The file is a PDF document"."""

    WORD = Words(
        en="a Word document", de="ein Word-Dokument", pl="dokument programu Word", ro="un document Word"
    )
    POWERPOINT = Words(
        en="a PowerPoint presentation",
        de="eine PowerPoint-Präsentation",
        pl="prezentacja programu PowerPoint",
        ro="o prezentare PowerPoint",
    )
    VISIO = Words(
        en="a Visio drawing", de="eine Visio-Zeichnung", pl="rysunek programu Visio", ro="un desen Visio"
    )
    OTHER_OFFICE = Words(
        en="not a supported workbook",
        de="keine unterstützte Arbeitsmappe",
        pl="nieobsługiwany skoroszyt",
        ro="un registru de calcul neacceptat",
    )
    OTHER_OPEN_DOCUMENT = Words(
        en="an OpenDocument file, but not a spreadsheet",
        de="ein OpenDocument-Dokument, aber keine Tabelle",
        pl="dokument OpenDocument, ale nie arkusz kalkulacyjny",
        ro="un document OpenDocument, dar nu o foaie de calcul",
    )
    BINARY_WORKBOOK = Words(
        en="a binary Excel workbook (XLSB)",
        de="eine binäre Excel-Arbeitsmappe (XLSB)",
        pl="binarny skoroszyt programu Excel (XLSB)",
        ro="un registru de calcul Excel binar (XLSB)",
    )
    NO_WORKBOOK = Words(
        en="not an Excel workbook",
        de="keine Excel-Arbeitsmappe",
        pl="plik inny niż skoroszyt programu Excel",
        ro="altceva decât un registru de calcul Excel",
    )
    ANCIENT_WORKBOOK = Words(
        en="a workbook from a very old version of Excel",
        de="eine Arbeitsmappe aus einer sehr alten Excel-Version",
        pl="skoroszyt z bardzo starej wersji programu Excel",
        ro="un registru de calcul dintr-o versiune foarte veche de Excel",
    )
    PDF = Words(en="a PDF document", de="ein PDF-Dokument", pl="dokument PDF", ro="un document PDF")
    IMAGE = Words(en="an image", de="ein Bild", pl="obraz", ro="o imagine")
    MEDIA = Words(
        en="an image, a sound or a video",
        de="ein Bild, eine Tonaufnahme oder ein Video",
        pl="obraz, nagranie dźwiękowe lub film",
        ro="o imagine, o înregistrare audio sau un videoclip",
    )
    PROGRAM = Words(en="a program", de="ein Programm", pl="program", ro="un program")
    COMPRESSED = Words(
        en="a compressed file",
        de="eine komprimierte Datei",
        pl="plik skompresowany",
        ro="un fișier comprimat",
    )
    RTF = Words(
        en="a text document (RTF)",
        de="ein Textdokument (RTF)",
        pl="dokument tekstowy (RTF)",
        ro="un document text (RTF)",
    )
    DATABASE = Words(en="a database", de="eine Datenbank", pl="baza danych", ro="o bază de date")
    XML = Words(en="XML", de="eine XML-Datei", pl="plik XML", ro="un fișier XML")
    WEB_PAGE = Words(en="a web page", de="eine Webseite", pl="strona internetowa", ro="o pagină web")


@unique
class TableRefusal(RefusalReason):
    """The API's `TableErrorReason`."""

    FILE_EMPTY = Why(
        INVALID,
        "The file is empty.",
        en="The file is empty; it needs a header and rows.",
        de="Die Datei ist leer. Sie muss eine Kopfzeile und Zeilen enthalten.",
        pl="Plik jest pusty. Musi zawierać wiersz nagłówka i wiersze z danymi.",
        ro="Fișierul este gol. Trebuie să conțină un antet și rânduri.",
    )
    FILE_TOO_LARGE = Why(
        INVALID,
        "The file is too large.",
        en="The file is larger than {most} MiB; split it.",
        de="Die Datei ist größer als {most} MiB. Teilen Sie sie auf.",
        pl="Plik jest większy niż {most} MiB. Prosimy go podzielić.",
        ro="Fișierul depășește {most} MiB. Împărțiți-l.",
    )
    WORKBOOK_TOO_LARGE = Why(
        INVALID,
        "The workbook is too large.",
        en="The workbook is larger than {most} MiB; split it, or save it as CSV.",
        de="Die Arbeitsmappe ist größer als {most} MiB. Teilen Sie sie auf oder speichern Sie sie als CSV.",
        pl="Skoroszyt jest większy niż {most} MiB. Prosimy go podzielić lub zapisać jako CSV.",
        ro="Registrul de calcul depășește {most} MiB. Împărțiți-l sau salvați-l ca CSV.",
    )
    FILE_DAMAGED = Why(
        INVALID,
        "The file is damaged or incomplete.",
        en="The file is damaged or incomplete; open it in your spreadsheet program and save it again as XLSX, ODS or CSV.",
        de="Die Datei ist beschädigt oder unvollständig. Öffnen Sie sie in Ihrer Tabellenkalkulation und speichern Sie sie erneut als XLSX, ODS oder CSV.",
        pl="Plik jest uszkodzony lub niekompletny. Prosimy otworzyć go w arkuszu kalkulacyjnym i zapisać ponownie jako XLSX, ODS lub CSV.",
        ro="Fișierul este deteriorat sau incomplet. Deschideți-l în programul de calcul tabelar și salvați-l din nou ca XLSX, ODS sau CSV.",
    )
    FILE_ENCRYPTED = Why(
        INVALID,
        "The file is encrypted.",
        en="The file is encrypted; save the table as XLSX, ODS or CSV without a password.",
        de="Die Datei ist verschlüsselt. Speichern Sie die Tabelle ohne Kennwort als XLSX, ODS oder CSV.",
        pl="Plik jest zaszyfrowany. Prosimy zapisać tabelę bez hasła jako XLSX, ODS lub CSV.",
        ro="Fișierul este criptat. Salvați tabelul fără parolă, ca XLSX, ODS sau CSV.",
    )
    FILE_HAS_MACROS = Why(
        INVALID,
        "The file contains macros.",
        en="The file contains macros; save it without them, as XLSX or ODS.",
        de="Die Datei enthält Makros. Speichern Sie sie ohne Makros als XLSX oder ODS.",
        pl="Plik zawiera makra. Prosimy zapisać go bez makr jako XLSX lub ODS.",
        ro="Fișierul conține macrocomenzi. Salvați-l fără ele, ca XLSX sau ODS.",
    )
    FILE_MAY_HAVE_MACROS = Why(
        INVALID,
        "Files with this extension can contain macros.",
        en="A file of this type can contain macros; save it as XLSX.",
        de="Dateien dieses Typs können Makros enthalten. Speichern Sie die Tabelle als XLSX.",
        pl="Pliki tego typu mogą zawierać makra. Prosimy zapisać tabelę jako XLSX.",
        ro="Fișierele de acest tip pot conține macrocomenzi. Salvați tabelul ca XLSX.",
    )
    FILE_HAS_EMBEDDED_FILES = Why(
        INVALID,
        "The file contains other files.",
        en="The file contains embedded files; remove them, or save it as CSV.",
        de="Die Datei enthält eingebettete Dateien. Entfernen Sie sie oder speichern Sie die Tabelle als CSV.",
        pl="Plik zawiera osadzone pliki. Prosimy je usunąć lub zapisać tabelę jako CSV.",
        ro="Fișierul conține fișiere încorporate. Eliminați-le sau salvați tabelul ca CSV.",
    )
    FILE_TYPE_NOT_ACCEPTED = Why(
        INVALID,
        "Files with this extension are not accepted.",
        en="Files of this type are not accepted; upload an XLSX, XLS, ODS or CSV file.",
        de="Dateien dieses Typs werden nicht akzeptiert. Laden Sie eine Datei im Format XLSX, XLS, ODS oder CSV hoch.",
        pl="Pliki tego typu nie są przyjmowane. Prosimy przesłać plik XLSX, XLS, ODS lub CSV.",
        ro="Fișierele de acest tip nu sunt acceptate. Încărcați un fișier XLSX, XLS, ODS sau CSV.",
    )
    FILE_OF_WRONG_KIND = Why(
        INVALID,
        "The file is something other than a table, such as a PDF document.",
        en="The file is {what}; save the table as XLSX, ODS or CSV.",
        de="Die Datei ist {what}. Speichern Sie die Tabelle als XLSX, ODS oder CSV.",
        pl="Ten plik to {what}. Prosimy zapisać tabelę jako XLSX, ODS lub CSV.",
        ro="Fișierul este {what}. Salvați tabelul ca XLSX, ODS sau CSV.",
    )
    FILE_IS_MARKUP = Why(
        INVALID,
        "The file is a web page or another text with markup.",
        en="The file is {what}; open it in your spreadsheet program and save it as XLSX.",
        de="Die Datei ist {what}. Öffnen Sie sie in Ihrer Tabellenkalkulation und speichern Sie sie als XLSX.",
        pl="Ten plik to {what}. Prosimy otworzyć go w arkuszu kalkulacyjnym i zapisać jako XLSX.",
        ro="Fișierul este {what}. Deschideți-l în programul de calcul tabelar și salvați-l ca XLSX.",
    )
    FILE_IS_XLS = Why(
        INVALID,
        "The file is an XLS workbook, which is not accepted here.",
        en="The file is an old Excel workbook (XLS); save it as XLSX.",
        de="Die Datei ist eine Arbeitsmappe im alten Excel-Format (XLS). Speichern Sie sie als XLSX.",
        pl="Ten plik to skoroszyt w starym formacie Excel (XLS). Prosimy zapisać go jako XLSX.",
        ro="Fișierul este un registru de calcul în formatul Excel vechi (XLS). Salvați-l ca XLSX.",
    )
    FILE_IS_ARCHIVE = Why(
        INVALID,
        "The file is a ZIP archive.",
        en="The file is a ZIP archive; unpack it and upload the table as XLSX, ODS or CSV.",
        de="Die Datei ist ein ZIP-Archiv. Entpacken Sie es und laden Sie die Tabelle als XLSX, ODS oder CSV hoch.",
        pl="Ten plik to archiwum ZIP. Prosimy je rozpakować i przesłać tabelę jako XLSX, ODS lub CSV.",
        ro="Fișierul este o arhivă ZIP. Dezarhivați-o și încărcați tabelul ca XLSX, ODS sau CSV.",
    )
    FILE_HAS_BINARY_DATA = Why(
        INVALID,
        "The file begins as text, but contains binary data.",
        en="The file begins as text but contains binary data; save it as CSV in UTF-8, or as XLSX.",
        de="Die Datei beginnt als Text, enthält aber Binärdaten. Speichern Sie sie als CSV in UTF-8 oder als XLSX.",
        pl="Plik zaczyna się od tekstu, ale zawiera dane binarne. Prosimy zapisać go jako CSV w UTF-8 lub jako XLSX.",
        ro="Fișierul începe ca text, dar conține date binare. Salvați-l ca CSV în UTF-8 sau ca XLSX.",
    )
    FILE_NOT_A_TABLE = Why(
        INVALID,
        "The file is not a table in a supported format.",
        en="The file is not a table in a supported format; save it as CSV in UTF-8, or as XLSX.",
        de="Die Datei ist keine Tabelle in einem unterstützten Format. Speichern Sie sie als CSV in UTF-8 oder als XLSX.",
        pl="Plik nie jest tabelą w obsługiwanym formacie. Prosimy zapisać go jako CSV w UTF-8 lub jako XLSX.",
        ro="Fișierul nu este un tabel într-un format acceptat. Salvați-l ca CSV în UTF-8 sau ca XLSX.",
    )
    ENCODING_UNSUPPORTED = Why(
        INVALID,
        "The encoding of the file is not supported.",
        en="The file is in an unsupported encoding; save it as CSV in UTF-8, or as XLSX.",
        de="Die Zeichenkodierung der Datei wird nicht unterstützt. Speichern Sie sie als CSV in UTF-8 oder als XLSX.",
        pl="Kodowanie znaków w pliku nie jest obsługiwane. Prosimy zapisać plik jako CSV w UTF-8 lub jako XLSX.",
        ro="Codificarea caracterelor din fișier nu este acceptată. Salvați-l ca CSV în UTF-8 sau ca XLSX.",
    )
    ENCODING_AMBIGUOUS = Why(
        INVALID,
        "The file can be read in two encodings, as different texts.",
        en="The file's encoding is ambiguous: it could be {first} or {second}; save it as CSV in UTF-8, or as XLSX.",
        de="Die Zeichenkodierung der Datei ist nicht eindeutig: {first} oder {second}. Speichern Sie sie als CSV in UTF-8 oder als XLSX.",
        pl="Kodowanie znaków w pliku jest niejednoznaczne: {first} lub {second}. Prosimy zapisać plik jako CSV w UTF-8 lub jako XLSX.",
        ro="Codificarea caracterelor din fișier este ambiguă: {first} sau {second}. Salvați-l ca CSV în UTF-8 sau ca XLSX.",
    )
    WORKBOOK_HAS_TOO_MANY_PARTS = Why(
        INVALID,
        "The workbook consists of too many parts.",
        en="The file has {count} parts, which is too many; save the table as XLSX, ODS or CSV.",
        de="Die Datei hat zu viele Bestandteile ({count}). Speichern Sie die Tabelle als XLSX, ODS oder CSV.",
        pl="Plik zawiera zbyt wiele części ({count}). Prosimy zapisać tabelę jako XLSX, ODS lub CSV.",
        ro="Fișierul are prea multe părți ({count}). Salvați tabelul ca XLSX, ODS sau CSV.",
    )
    WORKBOOK_UNPACKS_TOO_LARGE = Why(
        INVALID,
        "The workbook is too large when unpacked.",
        en="The file unpacks to more than {most} MiB; split the table, or save it as CSV.",
        de="Die Datei ist entpackt größer als {most} MiB. Teilen Sie die Tabelle auf oder speichern Sie sie als CSV.",
        pl="Po rozpakowaniu plik jest większy niż {most} MiB. Prosimy podzielić tabelę lub zapisać ją jako CSV.",
        ro="Fișierul dezarhivat depășește {most} MiB. Împărțiți tabelul sau salvați-l ca CSV.",
    )
    WORKBOOK_COMPRESSED_TOO_MUCH = Why(
        INVALID,
        "A part of the workbook is compressed unusually well.",
        en="A part of the file unpacks to more than {ratio} times its size; save the table as CSV.",
        de="Ein Teil der Datei ist entpackt mehr als {ratio}-mal so groß. Speichern Sie die Tabelle als CSV.",
        pl="Część pliku po rozpakowaniu jest ponad {ratio} razy większa. Prosimy zapisać tabelę jako CSV.",
        ro="O parte a fișierului devine prin dezarhivare de peste {ratio} ori mai mare. Salvați tabelul ca CSV.",
    )
    WORKBOOK_COMPRESSION_UNSUPPORTED = Why(
        INVALID,
        "The workbook is compressed by an unsupported method.",
        en="The file uses an unsupported compression method; save the table as XLSX, ODS or CSV.",
        de="Die Datei ist mit einem nicht unterstützten Verfahren komprimiert. Speichern Sie die Tabelle als XLSX, ODS oder CSV.",
        pl="Plik jest skompresowany nieobsługiwaną metodą. Prosimy zapisać tabelę jako XLSX, ODS lub CSV.",
        ro="Fișierul folosește o metodă de comprimare neacceptată. Salvați tabelul ca XLSX, ODS sau CSV.",
    )
    WORKBOOK_PARTS_UNSAFE = Why(
        INVALID,
        "The workbook has parts with unsafe or repeated names.",
        en="The file has parts with unsafe or repeated names; save the table as XLSX, ODS or CSV again.",
        de="Die Datei hat Bestandteile mit unsicheren oder doppelten Namen. Speichern Sie die Tabelle erneut als XLSX, ODS oder CSV.",
        pl="Plik zawiera części o niebezpiecznych lub powtórzonych nazwach. Prosimy ponownie zapisać tabelę jako XLSX, ODS lub CSV.",
        ro="Fișierul are părți cu nume nesigure sau repetate. Salvați din nou tabelul ca XLSX, ODS sau CSV.",
    )
    WORKBOOK_DECLARES_ENTITIES = Why(
        INVALID,
        "The XML of the workbook declares a DTD or entities.",
        en="The file's XML declares a DTD or entities, which is not allowed; save the table as XLSX, ODS or CSV again.",
        de="Das XML der Datei deklariert eine DTD oder Entitäten, was nicht zulässig ist. Speichern Sie die Tabelle erneut als XLSX, ODS oder CSV.",
        pl="Kod XML pliku deklaruje DTD lub encje, co jest niedozwolone. Prosimy ponownie zapisać tabelę jako XLSX, ODS lub CSV.",
        ro="Codul XML al fișierului declară un DTD sau entități, ceea ce nu este permis. Salvați din nou tabelul ca XLSX, ODS sau CSV.",
    )
    WORKBOOK_TOO_SLOW = Why(
        INVALID,
        "The workbook takes too long to read.",
        en="The workbook takes more than {seconds} s to read; copy its rows to a new sheet, or save the table as XLSX or CSV.",
        de="Das Lesen der Arbeitsmappe dauert länger als {seconds} s. Kopieren Sie die Zeilen in ein neues Blatt oder speichern Sie die Tabelle als XLSX oder CSV.",
        pl="Odczyt skoroszytu trwa dłużej niż {seconds} s. Prosimy skopiować wiersze do nowego arkusza lub zapisać tabelę jako XLSX lub CSV.",
        ro="Citirea registrului de calcul durează mai mult de {seconds} s. Copiați rândurile într-o foaie nouă sau salvați tabelul ca XLSX ori CSV.",
    )
    WORKBOOK_UNREADABLE = Why(
        INVALID,
        "The workbook cannot be read, or has cells too far from the first one.",
        en="The workbook cannot be read, or it has cells too far to the right or too far down; copy its rows to a new sheet, or save the table as XLSX or CSV.",
        de="Die Arbeitsmappe kann nicht gelesen werden, oder sie hat Zellen zu weit rechts oder zu weit unten. Kopieren Sie die Zeilen in ein neues Blatt oder speichern Sie die Tabelle als XLSX oder CSV.",
        pl="Nie można odczytać skoroszytu lub jego komórki są położone zbyt daleko w prawo lub w dół. Prosimy skopiować wiersze do nowego arkusza lub zapisać tabelę jako XLSX lub CSV.",
        ro="Registrul de calcul nu poate fi citit sau are celule prea departe la dreapta ori prea jos. Copiați rândurile într-o foaie nouă sau salvați tabelul ca XLSX ori CSV.",
    )
    WORKBOOK_HAS_TOO_MUCH_TEXT = Why(
        INVALID,
        "The workbook has too much text.",
        en="The workbook has more than {most} MiB of text; split it, or save the table as XLSX or CSV.",
        de="Die Arbeitsmappe enthält mehr als {most} MiB Text. Teilen Sie sie auf oder speichern Sie die Tabelle als XLSX oder CSV.",
        pl="Skoroszyt zawiera ponad {most} MiB tekstu. Prosimy go podzielić lub zapisać tabelę jako XLSX lub CSV.",
        ro="Registrul de calcul conține peste {most} MiB de text. Împărțiți-l sau salvați tabelul ca XLSX ori CSV.",
    )
    WORKBOOK_HAS_TOO_MANY_SHEETS = Why(
        INVALID,
        "The workbook has too many sheets.",
        en="The workbook has more than {most} sheets; keep only those that you need.",
        de="Die Arbeitsmappe hat mehr als {most} Blätter. Behalten Sie nur die benötigten.",
        pl="Skoroszyt ma zbyt wiele arkuszy (maksymalnie {most}). Prosimy pozostawić tylko potrzebne.",
        ro="Registrul de calcul are prea multe foi (maximum {most}). Păstrați-le numai pe cele necesare.",
    )
    WORKBOOK_HAS_TOO_MANY_ROWS = Why(
        INVALID,
        "The workbook has too many rows in its sheets.",
        en="The workbook has more than {most:,} rows in its sheets; keep only those that you need.",
        de="Die Blätter der Arbeitsmappe haben zusammen mehr als {most} Zeilen. Behalten Sie nur die benötigten.",
        pl="Arkusze skoroszytu mają łącznie zbyt wiele wierszy (maksymalnie {most}). Prosimy pozostawić tylko potrzebne.",
        ro="Foile registrului de calcul au împreună prea multe rânduri (maximum {most}). Păstrați-le numai pe cele necesare.",
    )
    WORKBOOK_HAS_TOO_MANY_CELLS = Why(
        INVALID,
        "The workbook has too many cells between its first and its last filled ones.",
        en="The workbook has more than {most:,} cells between its first and its last filled ones, because some are too far to the right or too far down; copy its rows to a new sheet, or save the table as XLSX or CSV.",
        de="Zwischen der ersten und der letzten ausgefüllten Zelle der Arbeitsmappe liegen mehr als {most} Zellen, weil einige zu weit rechts oder zu weit unten stehen. Kopieren Sie die Zeilen in ein neues Blatt oder speichern Sie die Tabelle als XLSX oder CSV.",
        pl="Między pierwszą a ostatnią wypełnioną komórką skoroszytu jest zbyt wiele komórek (maksymalnie {most}), ponieważ niektóre są położone zbyt daleko w prawo lub w dół. Prosimy skopiować wiersze do nowego arkusza lub zapisać tabelę jako XLSX lub CSV.",
        ro="Între prima și ultima celulă completată a registrului de calcul sunt prea multe celule (maximum {most}), deoarece unele se află prea departe la dreapta ori prea jos. Copiați rândurile într-o foaie nouă sau salvați tabelul ca XLSX ori CSV.",
    )
    TABLE_HAS_TOO_MANY_ROWS = Why(
        INVALID,
        "The table has too many rows, including blank ones.",
        en="The file has more than {most} rows, including blank ones; remove rows that are not needed, or split it.",
        de="Die Datei hat mehr als {most} Zeilen, leere eingeschlossen. Entfernen Sie nicht benötigte Zeilen oder teilen Sie sie auf.",
        pl="Plik ma zbyt wiele wierszy, łącznie z pustymi (maksymalnie {most}). Prosimy usunąć zbędne wiersze lub podzielić plik.",
        ro="Fișierul are prea multe rânduri, inclusiv goale (maximum {most}). Eliminați rândurile inutile sau împărțiți fișierul.",
    )
    TABLE_HAS_TOO_MANY_CELLS = Why(
        INVALID,
        "The table has too many cells, including blank ones.",
        en="The file has more than {most:,} cells, including blank ones; leave out the columns that are not needed.",
        de="Die Datei hat mehr als {most} Zellen, leere eingeschlossen. Entfernen Sie nicht benötigte Spalten.",
        pl="Plik ma zbyt wiele komórek, łącznie z pustymi (maksymalnie {most}). Prosimy usunąć zbędne kolumny.",
        ro="Fișierul are prea multe celule, inclusiv goale (maximum {most}). Eliminați coloanele inutile.",
    )
    ROWS_ON_SEVERAL_SHEETS = Why(
        INVALID,
        "Rows are filled in on more than one sheet.",
        en="The workbook has rows on {count} sheets: {sheets}. Put them on one sheet, or upload each sheet as a separate file.",
        de="Die Arbeitsmappe enthält Zeilen auf {count} Blättern: {sheets}. Fassen Sie sie auf einem Blatt zusammen oder laden Sie jedes Blatt als eigene Datei hoch.",
        pl="Wiersze znajdują się w kilku arkuszach skoroszytu ({count}): {sheets}. Prosimy umieścić je w jednym arkuszu lub przesłać każdy arkusz jako osobny plik.",
        ro="Registrul de calcul are rânduri pe mai multe foi ({count}): {sheets}. Puneți-le pe o singură foaie sau încărcați fiecare foaie ca fișier separat.",
    )
    HEADER_MISSING = Why(
        INVALID,
        "The table has no row with column names.",
        en="The file has no header; add a row with the column names above the data.",
        de="Die Datei hat keine Kopfzeile. Fügen Sie über den Daten eine Zeile mit den Spaltennamen ein.",
        pl="Plik nie ma nagłówka. Prosimy dodać nad danymi wiersz z nazwami kolumn.",
        ro="Fișierul nu are antet. Adăugați deasupra datelor un rând cu numele coloanelor.",
    )
    HEADER_UNREADABLE = Why(
        INVALID,
        "The row with the column names cannot be read.",
        en="The header cannot be read: {problem}.",
        de="Die Kopfzeile kann nicht gelesen werden. {problem}",
        pl="Nie można odczytać nagłówka. {problem}",
        ro="Antetul nu poate fi citit. {problem}",
    )
    HEADER_TOO_WIDE = Why(
        INVALID,
        "The table has too many columns.",
        en="The header has more than {most:,} columns; remove those that are not needed.",
        de="Die Kopfzeile hat mehr als {most} Spalten. Entfernen Sie nicht benötigte.",
        pl="Nagłówek ma zbyt wiele kolumn (maksymalnie {most}). Prosimy usunąć zbędne.",
        ro="Antetul are prea multe coloane (maximum {most}). Eliminați-le pe cele inutile.",
    )
    COLUMN_NAME_INVALID = Why(
        INVALID,
        "The name of a column is too long, or has unprintable characters.",
        en="The name of column {position} is too long or has unprintable characters; fix the header.",
        de="Der Name der Spalte {position} ist zu lang oder enthält nicht druckbare Zeichen. Korrigieren Sie die Kopfzeile.",
        pl="Nazwa kolumny {position} jest za długa lub zawiera niedrukowalne znaki. Prosimy poprawić nagłówek.",
        ro="Numele coloanei {position} este prea lung sau conține caractere neimprimabile. Corectați antetul.",
    )
    ROW_HAS_UNCLOSED_QUOTE = Why(
        INVALID,
        "A row has a quote that is not closed.",
        en="row {row} has an unclosed quote; close it, or double each quote that is part of the text",
        de="Zeile {row}: Ein Anführungszeichen wird nicht geschlossen. Schließen Sie es oder verdoppeln Sie jedes Anführungszeichen, das zum Text gehört.",
        pl="Wiersz {row}: cudzysłów nie jest zamknięty. Prosimy go zamknąć lub podwoić każdy cudzysłów, który należy do tekstu.",
        ro="Rândul {row}: o ghilimea nu este închisă. Închideți-o sau dublați fiecare ghilimea care face parte din text.",
    )
    ROWS_LOST_AFTER_QUOTE = Why(
        INVALID,
        "A row has a quote that is not closed, and the lines after it could not be read.",
        en="row {row} has an unclosed quote; close it, or double each quote that is part of the text; the {lines} lines after it were not read",
        de="Zeile {row}: Ein Anführungszeichen wird nicht geschlossen, und die folgenden Zeilen ({lines}) wurden nicht gelesen. Schließen Sie es oder verdoppeln Sie jedes Anführungszeichen, das zum Text gehört.",
        pl="Wiersz {row}: cudzysłów nie jest zamknięty, a kolejnych wierszy ({lines}) nie odczytano. Prosimy go zamknąć lub podwoić każdy cudzysłów, który należy do tekstu.",
        ro="Rândul {row}: o ghilimea nu este închisă, iar rândurile următoare ({lines}) nu au fost citite. Închideți-o sau dublați fiecare ghilimea care face parte din text.",
    )
    ROW_HAS_TEXT_AFTER_QUOTE = Why(
        INVALID,
        "A row has text after a closing quote.",
        en="row {row} has text after a closing quote; double each quote that is part of the text",
        de="Zeile {row}: Nach einem schließenden Anführungszeichen folgt Text. Verdoppeln Sie jedes Anführungszeichen, das zum Text gehört.",
        pl="Wiersz {row}: po zamykającym cudzysłowie znajduje się tekst. Prosimy podwoić każdy cudzysłów, który należy do tekstu.",
        ro="Rândul {row}: după ghilimeaua de închidere urmează text. Dublați fiecare ghilimea care face parte din text.",
    )
    ROW_TOO_LONG = Why(
        INVALID,
        "A row is too long.",
        en="row {row} is longer than {most} characters; shorten it",
        de="Zeile {row} ist zu lang (höchstens {most} Zeichen). Kürzen Sie sie.",
        pl="Wiersz {row} jest za długi (maksymalna liczba znaków: {most}). Prosimy go skrócić.",
        ro="Rândul {row} este prea lung (numărul maxim de caractere: {most}). Scurtați-l.",
    )
    ROW_TOO_WIDE = Why(
        INVALID,
        "A row has more columns than the header.",
        en="row {row} has {columns} columns, the header has {headings}; put quotes around a value that contains a delimiter",
        de="Zeile {row} hat {columns} Spalten, die Kopfzeile hat {headings}. Setzen Sie Werte, die ein Trennzeichen enthalten, in Anführungszeichen.",
        pl="Wiersz {row}: liczba kolumn ({columns}) jest większa niż liczba kolumn nagłówka ({headings}). Wartości zawierające separator prosimy ująć w cudzysłów.",
        ro="Rândul {row} are mai multe coloane ({columns}) decât antetul ({headings}). Puneți între ghilimele valorile care conțin un separator.",
    )
