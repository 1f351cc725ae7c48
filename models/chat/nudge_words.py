"""Words of the letter about unread messages. It never says what the messages say."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.base.refusal import Wording, Words


class NudgeWords(Wording):
    """The prospect reads with whom the chat is; the vendor doesn't know the prospect's name yet."""

    SUBJECT = Words(
        en="Unread messages about “{lead}”",
        de="Ungelesene Nachrichten zu „{lead}“",
        pl="Nieprzeczytane wiadomości: „{lead}”",
        ro="Mesaje necitite despre „{lead}”",
    )
    TO_VENDOR = Words(
        en="You have unread messages in the chat with the prospect about “{lead}”. Open the application to read and answer them.",
        de="Im Chat mit dem Interessenten zu „{lead}“ haben Sie ungelesene Nachrichten. Öffnen Sie die Bewerbung, um sie zu lesen und zu beantworten.",
        pl="Na czacie z klientem w sprawie „{lead}” są nieprzeczytane wiadomości. Aby je przeczytać i na nie odpowiedzieć, prosimy otworzyć zgłoszenie.",
        ro="Aveți mesaje necitite în chatul cu clientul despre „{lead}”. Deschideți cererea pentru a le citi și pentru a răspunde la ele.",
    )
    TO_PROSPECT = Words(
        en="You have unread messages in the chat with {vendor} about “{lead}”. Open the application to read and answer them.",
        de="Im Chat mit {vendor} zu „{lead}“ haben Sie ungelesene Nachrichten. Öffnen Sie die Bewerbung, um sie zu lesen und zu beantworten.",
        pl="Na czacie z firmą {vendor} w sprawie „{lead}” są nieprzeczytane wiadomości. Aby je przeczytać i na nie odpowiedzieć, prosimy otworzyć zgłoszenie.",
        ro="Aveți mesaje necitite în chatul cu {vendor} despre „{lead}”. Deschideți cererea pentru a le citi și pentru a răspunde la ele.",
    )
