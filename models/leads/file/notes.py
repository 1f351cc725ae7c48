"""Words about rows of a lead import that were imported nevertheless, in four languages.

The English words continue the name of a column ("Phone 2: is too short; it was skipped").
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.base.refusal import Wording, Words


class ImportNote(Wording):
    """What was corrected or skipped, and which lead a row repeats. `problem` says what is wrong."""

    SKIPPED = Words(
        en="{problem}; it was skipped",
        de="{problem} Der Wert wurde übersprungen.",
        pl="{problem} Wartość została pominięta.",
        ro="{problem} Valoarea a fost omisă.",
    )
    USED_INSTEAD = Words(
        en="{problem}; {column} is used instead",
        de="{problem} Stattdessen wird „{column}“ verwendet.",
        pl="{problem} Zamiast tej wartości użyto wartości z kolumny „{column}”.",
        ro="{problem} În schimb se folosește „{column}”.",
    )
    BUDGET_SKIPPED = Words(
        en="{problem}; it and the budget were skipped",
        de="{problem} Die Währung und das Budget wurden übersprungen.",
        pl="{problem} Waluta i budżet zostały pominięte.",
        ro="{problem} Moneda și bugetul au fost omise.",
    )
    BUDGET_REVERSED = Words(
        en="is greater than budget_max, so both were skipped; swap the two",
        de="Das Mindestbudget ist größer als das Höchstbudget, deshalb wurden beide übersprungen. Tauschen Sie die beiden Werte.",
        pl="Budżet minimalny jest większy od maksymalnego, dlatego obie wartości zostały pominięte. Prosimy je zamienić.",
        ro="Bugetul minim este mai mare decât cel maxim, de aceea ambele valori au fost omise. Inversați-le.",
    )
    REGION_DIFFERS = Words(
        en="differs from the row's country, so it was skipped; map the column to region if it is the country of the phone numbers",
        de="Die Region weicht vom Land der Zeile ab und wurde deshalb übersprungen. Ordnen Sie die Spalte dem Feld „region“ zu, wenn sie das Land der Telefonnummern enthält.",
        pl="Region różni się od kraju w tym wierszu, dlatego został pominięty. Jeśli kolumna zawiera kraj numerów telefonu, prosimy przypisać ją do pola „region”.",
        ro="Regiunea diferă de țara rândului, de aceea a fost omisă. Dacă această coloană conține țara numerelor de telefon, asociați-o câmpului „region”.",
    )
    CHANNEL_UNKNOWN = Words(
        en="must be one of {channels}",
        de="Unbekannter Kontaktweg. Möglich sind {channels}.",
        pl="Nieznany sposób kontaktu. Dozwolone wartości: {channels}.",
        ro="Modalitate de contact necunoscută. Valorile posibile sunt {channels}.",
    )
    CHANNEL_WITHOUT_WAY = Words(
        en="{channel} is not possible with the row's contact data; the lead has {other} instead",
        de="{channel} ist mit den Kontaktdaten der Zeile nicht möglich. Der Lead erhält stattdessen {other}.",
        pl="{channel} nie jest możliwe przy danych kontaktowych w tym wierszu. Lead otrzymuje zamiast tego {other}.",
        ro="{channel} nu este posibil cu datele de contact din acest rând. Leadul primește în schimb {other}.",
    )
    PHONE_NOT_IN_PLAN = Words(
        en="has a valid length, but is not in its country's numbering plan",
        de="Die Nummer hat eine gültige Länge, gehört aber nicht zum Nummernplan ihres Landes.",
        pl="Numer ma prawidłową długość, ale nie należy do planu numeracji tego kraju.",
        ro="Numărul are o lungime validă, dar nu face parte din planul de numerotare al țării respective.",
    )
    TOO_MANY_WAYS = Words(
        en="exceeds the maximum of {most} per contact; it was skipped",
        de="Der Kontakt hat mehr als {most} Werte dieser Art. Die übrigen wurden übersprungen.",
        pl="Kontakt ma zbyt wiele wartości tego rodzaju (maksymalnie {most}). Pozostałe zostały pominięte.",
        ro="Contactul are prea multe valori de acest fel (maximum {most}). Celelalte au fost omise.",
    )
    ANOTHER_PERSON = Words(
        en="another person's lead has this id, so the row was identified by name, email address and phone number; check the id",
        de="Der Lead einer anderen Person hat diese ID, deshalb wurde die Zeile anhand von Name, E-Mail-Adresse und Telefonnummer zugeordnet. Prüfen Sie die ID.",
        pl="To ID ma lead innej osoby, dlatego wiersz zidentyfikowano na podstawie nazwiska, adresu e-mail i numeru telefonu. Prosimy sprawdzić ID.",
        ro="Leadul altei persoane are acest ID, de aceea rândul a fost identificat după nume, adresă de e-mail și număr de telefon. Verificați ID-ul.",
    )
    NEW_CONTACT = Words(
        en="the lead already exists with a different email address and phone number, which were not changed",
        de="Der Lead existiert bereits mit einer anderen E-Mail-Adresse und Telefonnummer; diese wurden nicht geändert.",
        pl="Lead już istnieje z innym adresem e-mail i numerem telefonu; nie zostały one zmienione.",
        ro="Leadul există deja cu altă adresă de e-mail și alt număr de telefon; acestea nu au fost modificate.",
    )
    TEXT_DAMAGED = Words(
        en="is damaged, as if it was read in a wrong encoding or contained HTML codes; check it, and export the file again as UTF-8",
        de="Der Text ist beschädigt, als wäre er in einer falschen Kodierung gelesen worden oder enthielte HTML-Codes. Prüfen Sie ihn, und exportieren Sie die Datei erneut als UTF-8.",
        pl="Tekst jest uszkodzony, jakby został odczytany w niewłaściwym kodowaniu lub zawierał kody HTML. Prosimy go sprawdzić i ponownie wyeksportować plik w kodowaniu UTF-8.",
        ro="Textul este deteriorat, ca și cum ar fi fost citit într-o codificare greșită sau ar conține coduri HTML. Verificați-l și exportați din nou fișierul în UTF-8.",
    )
    NAME_IMPLAUSIBLE = Words(
        en="does not look like a name; check which column has the names",
        de="Das sieht nicht wie ein Name aus. Prüfen Sie, welche Spalte die Namen enthält.",
        pl="To nie wygląda na imię ani nazwisko. Prosimy sprawdzić, która kolumna zawiera nazwiska.",
        ro="Acesta nu pare să fie un nume. Verificați ce coloană conține numele.",
    )
    SAME_AS_ROW = Words(
        en="is the same lead as row {row}",
        de="Derselbe Lead wie in Zeile {row}.",
        pl="Ten sam lead co w wierszu {row}.",
        ro="Același lead ca în rândul {row}.",
    )
