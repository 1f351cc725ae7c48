"""Parameters about messages and the chat."""

from collections.abc import Mapping

AREAS: Mapping[str, tuple[str, str, str, str]] = {
    "messages": ("Messages", "Nachrichten", "Wiadomości", "Mesaje"),
    "chat": ("Chat", "Chat", "Czat", "Chat"),
}
FIELDS: Mapping[str, tuple[str, str, str, str]] = {
    "most_attempts_email": (
        "Attempts to send an email",
        "Versuche je E-Mail",
        "Próby wysłania e-maila",
        "Încercări pentru un e-mail",
    ),
    "most_attempts_sms": (
        "Attempts to send a text message",
        "Versuche je SMS",
        "Próby wysłania SMS-a",
        "Încercări pentru un SMS",
    ),
    "most_attempts_push": (
        "Attempts to push a message",
        "Versuche je Push-Nachricht",
        "Próby wysłania powiadomienia push",
        "Încercări pentru un push",
    ),
    "most_attempts_webhook": (
        "Attempts to call a webhook",
        "Versuche je Webhook-Aufruf",
        "Próby wywołania webhooka",
        "Încercări pentru un webhook",
    ),
    "first_delay": (
        "Delay before the second attempt",
        "Pause vor dem zweiten Versuch",
        "Przerwa przed drugą próbą",
        "Pauza înainte de a doua încercare",
    ),
    "growth_percent": (
        "Growth of the delay",
        "Wachstum der Pausen",
        "Wzrost przerwy",
        "Creșterea pauzei",
    ),
    "longest_delay": (
        "Longest delay between attempts",
        "Längste Pause zwischen Versuchen",
        "Najdłuższa przerwa między próbami",
        "Cea mai lungă pauză între încercări",
    ),
    "jitter_percent": (
        "Random share of the delay",
        "Zufälliger Anteil der Pause",
        "Losowa część przerwy",
        "Partea aleatorie a pauzei",
    ),
    "give_up_after": (
        "Time until sending is given up",
        "Zeit bis zum Aufgeben",
        "Czas do zaniechania wysyłki",
        "Timp până la abandonarea trimiterii",
    ),
    "quiet_from": (
        "Quiet hours begin",
        "Ruhezeit beginnt",
        "Początek ciszy",
        "Începutul orelor de liniște",
    ),
    "quiet_until": (
        "Quiet hours end",
        "Ruhezeit endet",
        "Koniec ciszy",
        "Sfârșitul orelor de liniște",
    ),
    "soft_bounce_hold": (
        "Pause after repeated temporary bounces",
        "Sperre nach wiederholter Unzustellbarkeit",
        "Wstrzymanie po powtórnych odbiciach",
        "Pauză după respingeri temporare repetate",
    ),
    "most_soft_bounces": (
        "Temporary bounces until the pause",
        "Unzustellbare Versuche bis zur Sperre",
        "Odbicia do wstrzymania",
        "Respingeri temporare până la pauză",
    ),
    "link_life": (
        "Life of links in messages",
        "Gültigkeit von Links in Nachrichten",
        "Ważność linków w wiadomościach",
        "Valabilitatea linkurilor din mesaje",
    ),
    "calendar_on_silence": (
        "A reveal by silence updates the calendar",
        "Freigabe durch Schweigen aktualisiert den Kalender",
        "Ujawnienie przez milczenie aktualizuje kalendarz",
        "Dezvăluirea prin tăcere actualizează calendarul",
    ),
    "sms_most_parts": (
        "Parts of a text message",
        "Teile je SMS",
        "Części SMS-a",
        "Părți ale unui SMS",
    ),
    "sms_cents": (
        "Price of a text message",
        "Preis einer SMS",
        "Cena SMS-a",
        "Prețul unui SMS",
    ),
    "sms_plain_letters": (
        "Plain letters in text messages",
        "Einfache Buchstaben in SMS",
        "Proste litery w SMS-ach",
        "Litere simple în SMS-uri",
    ),
    "webhook_disabled_after": (
        "Time until a failing webhook is disabled",
        "Zeit bis zum Abschalten eines gestörten Webhooks",
        "Czas do wyłączenia zawodzącego webhooka",
        "Timp până la dezactivarea unui webhook cu erori",
    ),
    "chat_mask_vendor_contacts": (
        "Mask contact data of vendors in chats",
        "Kontaktdaten von Anbietern im Chat schwärzen",
        "Maskować dane usługodawców w czacie",
        "Maschează datele furnizorilor în chat",
    ),
    "chat_mask_vendor_links": (
        "Mask links of vendors in chats",
        "Links von Anbietern im Chat schwärzen",
        "Maskować linki usługodawców w czacie",
        "Maschează linkurile furnizorilor în chat",
    ),
    "chat_show_read_marks": (
        "Show read marks in chats",
        "Lesebestätigungen im Chat zeigen",
        "Pokazywać potwierdzenia odczytu w czacie",
        "Arată confirmările de citire în chat",
    ),
    "chat_nudge_after": (
        "Time until the email about an unread message",
        "Zeit bis zur E-Mail über Ungelesenes",
        "Czas do e-maila o nieprzeczytanych",
        "Timp până la e-mailul despre necitite",
    ),
}
