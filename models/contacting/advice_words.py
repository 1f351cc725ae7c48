"""Words beside an advice: what to do meanwhile, leading to another medium, the direct question, a voicemail."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.base.refusal import Wording, Words


class Meanwhile(Wording):
    """What can be done now (S3.22)."""

    WRITE_PROPOSAL = Words(
        en="Write the proposal now, so that it is ready when you call.",
        de="Schreiben Sie jetzt das Angebot, damit es fertig ist, wenn Sie anrufen.",
        pl="Proszę już teraz napisać ofertę, aby była gotowa, gdy Państwo zadzwonią.",
        ro="Scrieți acum oferta, ca să fie gata când sunați.",
    )
    PREPARE_VOICEMAIL = Words(
        en="Prepare the message, and write the proposal that you will send afterwards.",
        de="Bereiten Sie die Nachricht vor, und schreiben Sie das Angebot, das Sie danach senden.",
        pl="Proszę przygotować wiadomość i napisać ofertę, którą Państwo potem wyślą.",
        ro="Pregătiți mesajul și scrieți oferta pe care o veți trimite apoi.",
    )
    DRAFT_EMAIL = Words(
        en="Draft the email now, with everything that the person needs to decide.",
        de="Entwerfen Sie die E-Mail jetzt, mit allem, was die Person für ihre Entscheidung braucht.",
        pl="Proszę już teraz przygotować e-mail ze wszystkim, czego osoba potrzebuje do podjęcia decyzji.",
        ro="Redactați acum e-mailul, cu tot ce îi trebuie persoanei ca să decidă.",
    )
    READ_UP = Words(
        en="Read once more what the person wrote, and prepare your next step.",
        de="Lesen Sie noch einmal, was die Person geschrieben hat, und bereiten Sie Ihren nächsten Schritt vor.",
        pl="Proszę jeszcze raz przeczytać, co osoba napisała, i przygotować następny krok.",
        ro="Recitiți ce a scris persoana și pregătiți pasul următor.",
    )
    LEAVE_ALONE = Words(
        en="Leave the person alone, and look at your other leads.",
        de="Lassen Sie die Person in Ruhe, und sehen Sie sich Ihre anderen Leads an.",
        pl="Proszę nie niepokoić tej osoby i zająć się innymi leadami.",
        ro="Lăsați persoana în pace și ocupați-vă de celelalte leaduri.",
    )


class GentleLead(Wording):
    """How to lead the person to a medium that suits the sender, without pressing (S3.2, S3.42)."""

    CALL = Words(
        en="I am easiest to reach by phone; would a short call suit you too?",
        de="Am schnellsten erreichen Sie mich telefonisch; wäre Ihnen ein kurzes Gespräch auch recht?",
        pl="Najłatwiej skontaktować się ze mną telefonicznie; czy krótka rozmowa też by Państwu odpowiadała?",
        ro="Cel mai ușor mă găsiți la telefon; v-ar conveni și dumneavoastră o scurtă convorbire?",
    )
    EMAIL = Words(
        en="I answer fastest by email; would that suit you too?",
        de="Am schnellsten antworte ich per E-Mail; wäre Ihnen das auch recht?",
        pl="Najszybciej odpowiadam na e-maile; czy taka forma też by Państwu odpowiadała?",
        ro="Cel mai repede răspund la e-mailuri; v-ar conveni și dumneavoastră?",
    )
    SMS = Words(
        en="I answer fastest to text messages; would that suit you too?",
        de="Am schnellsten antworte ich auf SMS; wäre Ihnen das auch recht?",
        pl="Najszybciej odpowiadam na SMS-y; czy taka forma też by Państwu odpowiadała?",
        ro="Cel mai repede răspund la SMS-uri; v-ar conveni și dumneavoastră?",
    )
    CHAT = Words(
        en="I answer fastest in the chat here; would that suit you too?",
        de="Am schnellsten antworte ich hier im Chat; wäre Ihnen das auch recht?",
        pl="Najszybciej odpowiadam tu, na czacie; czy taka forma też by Państwu odpowiadała?",
        ro="Cel mai repede răspund aici, în chat; v-ar conveni și dumneavoastră?",
    )
    MEETING = Words(
        en="Such things are best discussed in person; would a short meeting suit you too?",
        de="So etwas bespricht sich am besten persönlich; wäre Ihnen ein kurzes Treffen auch recht?",
        pl="O takich sprawach najlepiej porozmawiać osobiście; czy krótkie spotkanie też by Państwu odpowiadało?",
        ro="Astfel de lucruri se discută cel mai bine față în față; v-ar conveni și dumneavoastră o scurtă întâlnire?",
    )


class ContactQuestion(Wording):
    """The direct question, for partners and colleagues as well as clients (S3.14)."""

    HOW_TO_KEEP_IN_TOUCH = Words(
        en="How would it suit you to keep in touch from now on?",
        de="Auf welchem Weg sollen wir künftig am besten in Verbindung bleiben?",
        pl="Jaka forma kontaktu byłaby odtąd dla Państwa najwygodniejsza?",
        ro="Cum v-ar fi cel mai comod să ținem legătura de acum înainte?",
    )


class VoicemailText(Wording):
    """What to say to a voicemail (S3.6)."""

    SHORT = Words(
        en="Hello, this is [name] of [company]. I am calling about your request [subject]. I will send you the "
        "details by email and call again [day]. My number is [number]. Goodbye.",
        de="Guten Tag, hier ist [Name] von [Firma]. Es geht um Ihre Anfrage [Betreff]. Ich schicke Ihnen die "
        "Einzelheiten per E-Mail und rufe [Tag] noch einmal an. Meine Nummer ist [Nummer]. Auf Wiederhören.",
        pl="Dzień dobry, z tej strony [imię i nazwisko] z firmy [firma]. Dzwonię w sprawie Państwa zapytania [temat]. "
        "Szczegóły wyślę e-mailem i zadzwonię ponownie [dzień]. Mój numer to [numer]. Do usłyszenia.",
        ro="Bună ziua, sunt [nume] de la [firmă]. Vă sun în legătură cu cererea dumneavoastră [subiect]. Vă trimit "
        "detaliile prin e-mail și vă sun din nou [ziua]. Numărul meu este [număr]. La revedere.",
    )
