"""Letters about calls, composed when they are sent: a call whose caller was forgotten is no longer told of.

What a caller left is data: it is never read as markup. Previews have `…` in its place.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.refusal import Wording, in_language
from models.calls.entries import asked_fields_of
from models.calls.notice_words import NoticeBody, NoticeLabel, NoticeTitle, NoticeValue
from models.calls.views import AskedFieldView
from models.calls.words import BuiltInField
from models.contact_data.redaction import Redacted
from models.feed.kinds import MessageTemplate
from models.feed.wording.language import language_for, zone_for
from models.feed.wording.notices import NoticeText
from models.messages.letters import Letter, MessageHead, Words, register
from rules.calls.call_mail import CallOutcome
from rules.calls.call_sms import CallSms

_HIDDEN = "…"

_CALLS = """SELECT call.id, call.secretariat_id, call.outcome, call.ringing_at, call.caller_shown,
        call.answered_at, vip_caller.name AS vip_name, agent.name AS agent_name, faq_entry.question,
        btrim(wanted.first_name || ' ' || wanted.last_name) AS wanted_name,
        btrim(accepted.first_name || ' ' || accepted.last_name) AS accepted_name,
        note.caller_name, note.company, note.phone, note.concern, note.answers, note.refused_keys,
        coalesce(note.urgent, false) AS urgent, note.callback_by
    FROM call
    LEFT JOIN call_note AS note ON note.call_id = call.id
    LEFT JOIN vip_caller ON vip_caller.id = call.vip_caller_id
    LEFT JOIN users AS agent ON agent.id = call.agent_id
    LEFT JOIN faq_entry ON faq_entry.id = call.faq_entry_id
    LEFT JOIN employee AS wanted ON wanted.id = call.wanted_employee_id
    LEFT JOIN transfer_attempt AS attempt ON attempt.call_id = call.id AND attempt.result = 'ACCEPTED'
    LEFT JOIN employee AS accepted ON accepted.id = attempt.employee_id
    WHERE call.id = ANY($1::uuid[]) ORDER BY attempt.ordinal"""
_VERDICTS = """SELECT call_notice.message_id, decision.verdict
    FROM call_notice JOIN decision ON decision.id = call_notice.decision_id
    WHERE call_notice.message_id = ANY($1::uuid[])"""


@dataclass(frozen=True, slots=True, repr=False)
class ToldCall(Redacted):
    """What is known of a call. The caller's name, company, number and concern are what the caller said."""

    outcome: CallOutcome
    answered: bool
    ringing_at: datetime
    caller_shown: str
    vip_name: str | None
    agent_name: str | None
    question: str | None
    wanted_name: str | None
    accepted_name: str | None
    name: str | None
    company: str | None
    phone: str | None
    concern: str | None
    answers: Mapping[str, str]
    refused: Collection[str]
    urgent: bool
    callback_by: datetime | None
    asked: Sequence[AskedFieldView]

    @property
    def brief(self) -> bool:
        """Whether only name and number are told (S4.19, R.abandoned)."""
        missed = self.outcome is CallOutcome.ABANDONED and not self.answered
        return missed or self.outcome is CallOutcome.TRANSFERRED

    def hidden(self) -> "ToldCall":
        """Return the call without what the caller left."""
        return replace(
            self,
            caller_shown=_HIDDEN,
            vip_name=self.vip_name and _HIDDEN,
            name=self.name and _HIDDEN,
            company=self.company and _HIDDEN,
            phone=self.phone and _HIDDEN,
            concern=self.concern and _HIDDEN,
            answers=dict.fromkeys(self.answers, _HIDDEN),
        )


async def _forgotten(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    rows = await fetch(
        conn, "SELECT id FROM call WHERE id = ANY($1::uuid[]) AND forgotten_at IS NOT NULL", list(ids)
    )
    return [row["id"] for row in rows]


async def _calls(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, ToldCall]:
    """Return the calls that these messages are about, in two statements."""
    rows = await fetch(conn, _CALLS, list({message.subject for message in messages}))
    asked = await asked_fields_of(conn, {row["secretariat_id"] for row in rows})
    return {row["id"]: _call(row, asked[row["secretariat_id"]]) for row in rows if row["outcome"] is not None}


def _call(row: Record, asked: Sequence[AskedFieldView]) -> ToldCall:
    return ToldCall(
        outcome=CallOutcome(row["outcome"]),
        answered=row["answered_at"] is not None,
        ringing_at=row["ringing_at"],
        caller_shown=row["caller_shown"],
        vip_name=row["vip_name"],
        agent_name=row["agent_name"],
        question=row["question"],
        wanted_name=row["wanted_name"],
        accepted_name=row["accepted_name"],
        name=row["caller_name"],
        company=row["company"],
        phone=row["phone"],
        concern=row["concern"],
        answers=orjson.loads(row["answers"] or "{}"),
        refused=row["refused_keys"] or (),
        urgent=row["urgent"],
        callback_by=row["callback_by"],
        asked=asked,
    )


async def _read_mails(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, Words]:
    calls = await _calls(conn, messages)
    return {
        message.id: partial(_mail, calls[message.subject], message.template)
        for message in messages
        if message.subject in calls
    }


async def _read_texts(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, Words]:
    calls = await _calls(conn, messages)
    rows = await fetch(conn, _VERDICTS, [message.id for message in messages])
    verdicts = {row["message_id"]: CallSms(row["verdict"]) for row in rows}
    return {
        message.id: partial(_text, calls[message.subject], verdicts[message.id])
        for message in messages
        if message.subject in calls and message.id in verdicts
    }


def _mail(call: ToldCall, template: MessageTemplate, locale: str, time_zone: str) -> NoticeText:
    """Return the email about a call in a language; `hidden` is the same without what the caller left."""
    shown = _mail_of(call, template, locale, time_zone)
    return replace(shown, hidden=_mail_of(call.hidden(), template, locale, time_zone))


def _mail_of(call: ToldCall, template: MessageTemplate, locale: str, time_zone: str) -> NoticeText:
    language = language_for(locale).catalog.language
    caller = _caller(call, language)
    title = in_language(_TITLES.get(template, NoticeTitle.CALL), language, caller=caller)
    if call.urgent:
        title = in_language(NoticeTitle.URGENT, language, title=title)
    body = _happened(call, language)
    if template is MessageTemplate.CALL_AMENDED:
        body = f"{in_language(NoticeBody.AMENDED, language)} {body}"
    details = _brief(call, language) if call.brief else _note(call, locale, time_zone)
    called_at = language_for(locale).moment(call.ringing_at, zone_for(time_zone))
    details = [*details, (in_language(NoticeLabel.CALLED_AT, language), called_at)]
    return NoticeText(title, body, tuple(details))


def _text(call: ToldCall, verdict: CallSms, locale: str, time_zone: str) -> NoticeText:  # noqa: ARG001
    """Return the text message about a call, which has to fit into one part (S4.12, S4.16)."""
    shown = _text_of(call, verdict, locale)
    return replace(shown, hidden=_text_of(call.hidden(), verdict, locale))


def _text_of(call: ToldCall, verdict: CallSms, locale: str) -> NoticeText:
    language = language_for(locale).catalog.language
    kind = NoticeTitle.VIP if verdict is CallSms.VIP else NoticeTitle.CALL
    through = call.outcome is CallOutcome.TRANSFERRED
    parts = (_caller(call, language), call.company, call.phone or call.caller_shown)
    who = ", ".join(dict.fromkeys(part for part in parts if part))
    title = in_language(kind, language, caller=who)
    if call.urgent:
        title = in_language(NoticeTitle.URGENT, language, title=title)
    about = _happened(call, language) if through else call.concern or call.question
    return NoticeText(title, f"{title}: {about}" if about else title)


def _caller(call: ToldCall, language: str) -> str:
    """Return who called, as far as it is known: by name, by the VIP entry, by number."""
    known = call.name or call.vip_name or call.phone or call.caller_shown
    return known or in_language(NoticeTitle.UNKNOWN, language)


def _happened(call: ToldCall, language: str) -> str:
    if call.outcome is CallOutcome.TRANSFERRED:
        return in_language(NoticeBody.TRANSFERRED, language, employee=call.accepted_name or _HIDDEN)
    if call.outcome is CallOutcome.ABANDONED:
        return in_language(NoticeBody.HUNG_UP if call.answered else NoticeBody.MISSED, language)
    return in_language(NoticeBody[call.outcome], language)


def _brief(call: ToldCall, language: str) -> list[tuple[str, str]]:
    """Return name and number."""
    labels = {field.key: field.label for field in call.asked}
    name = call.name or call.vip_name
    known = [
        (labels.get(BuiltInField.NAME), name),
        (labels.get(BuiltInField.PHONE), call.phone),
        (in_language(NoticeLabel.CALLER_ID, language), _other_number(call, language)),
    ]
    return [(label, value) for label, value in known if label and value]


def _note(call: ToldCall, locale: str, time_zone: str) -> list[tuple[str, str]]:
    """Return all that is known: the asked fields in their order, then the rest."""
    found = language_for(locale)
    language = found.catalog.language
    said = {
        **call.answers,
        BuiltInField.NAME: call.name,
        BuiltInField.COMPANY: call.company,
        BuiltInField.PHONE: call.phone,
        BuiltInField.CONCERN: call.concern,
    }
    refused = in_language(NoticeValue.NOT_GIVEN, language)
    details: list[tuple[str, str | None]] = [
        (field.label, said.get(field.key) or (refused if field.key in call.refused else None))
        for field in call.asked
    ]
    callback = found.moment(call.callback_by, zone_for(time_zone)) if call.callback_by else None
    rest: Sequence[tuple[Wording, str | None]] = (
        (NoticeLabel.QUESTION, call.question),
        (NoticeLabel.URGENT, in_language(NoticeValue.YES, language) if call.urgent else None),
        (NoticeLabel.CALL_BACK, callback),
        (NoticeLabel.WANTED, call.wanted_name),
        (NoticeLabel.CALLER_ID, _other_number(call, language)),
        (NoticeLabel.VIP, call.vip_name),
        (NoticeLabel.AGENT, call.agent_name),
    )
    details += [(in_language(label, language), value) for label, value in rest]
    return [(label, value) for label, value in details if value]


def _other_number(call: ToldCall, language: str) -> str | None:
    """Return the caller ID, unless the caller gave the same number."""
    if call.phone and call.phone == call.caller_shown:
        return None
    return call.caller_shown or in_language(NoticeTitle.UNKNOWN, language)


_TITLES: Mapping[MessageTemplate, NoticeTitle] = {
    MessageTemplate.CALL_TAKEN: NoticeTitle.CALL,
    MessageTemplate.CALL_TRANSFERRED: NoticeTitle.THROUGH,
    MessageTemplate.CALL_MISSED: NoticeTitle.MISSED,
    MessageTemplate.CALL_AMENDED: NoticeTitle.AMENDED,
}

for template in _TITLES:
    register(Letter(template, moot=_forgotten, read=_read_mails))
register(Letter(MessageTemplate.CALL_TEXT, moot=_forgotten, read=_read_texts, text_only=True))
