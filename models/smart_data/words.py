"""Who is controller and who is processor of smart contact data (S2.10), in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import Wording, Words


@unique
class RolesText(Wording):
    """What an owner accepts when switching smart contact data on."""

    ROLES = Words(
        en="Your company is the controller of what is searched for and found; the marketplace is its processor and searches only when one of your users asks for it. Public sources are told what is shown beside each of them. Your company needs a legal basis for each search, has to tell the person about the data that it keeps (Article 14 GDPR), and has to delete what it no longer needs. What was found is deleted when it expires, unless your company decides to keep it.",
        de="Ihr Unternehmen ist Verantwortlicher für das, was gesucht und gefunden wird; der Marktplatz ist Auftragsverarbeiter und sucht nur, wenn einer Ihrer Benutzer es verlangt. Öffentliche Quellen erfahren, was neben ihnen angegeben ist. Ihr Unternehmen braucht für jede Suche eine Rechtsgrundlage, muss die Person über aufbewahrte Daten informieren (Art. 14 DSGVO) und löschen, was es nicht mehr benötigt. Gefundenes wird gelöscht, sobald es abläuft, sofern Ihr Unternehmen nicht entscheidet, es aufzubewahren.",
        pl="Administratorem tego, co jest wyszukiwane i znajdowane, jest Państwa firma; serwis jest podmiotem przetwarzającym i wyszukuje tylko na żądanie Państwa użytkownika. Publiczne źródła otrzymują to, co podano obok każdego z nich. Państwa firma potrzebuje podstawy prawnej każdego wyszukiwania, musi poinformować osobę o przechowywanych danych (art. 14 RODO) i usuwać to, co nie jest już potrzebne. Znalezione informacje są usuwane po upływie ważności, chyba że Państwa firma postanowi je zachować.",
        ro="Firma dumneavoastră este operatorul datelor căutate și găsite; platforma este persoana împuternicită de operator și caută numai când unul dintre utilizatorii dumneavoastră o cere. Surselor publice li se comunică ceea ce este indicat lângă fiecare. Firma dumneavoastră are nevoie de un temei juridic pentru fiecare căutare, trebuie să informeze persoana despre datele păstrate (art. 14 RGPD) și să șteargă ce nu mai este necesar. Informațiile găsite se șterg când expiră, dacă firma dumneavoastră nu decide să le păstreze.",
    )
