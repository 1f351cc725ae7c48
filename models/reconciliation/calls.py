"""Checks of calls: who must be told of one is told, texts have their notices, and talks are evidence."""

from models.calls.evidence import TALKED
from models.leads.same_person import reach
from models.reconciliation.check import Check
from models.reconciliation.part import Rows, only

_END = "coalesce(call.finished_at, call.closed_at)"

# Who accepted the call, and who was wanted, unless they were removed before it ended. Only what the actions
# have ended: they also set when the caller is forgotten. Facts that came after the end tell nobody, and the
# outcome does not follow them.
_TOLD = f"""
    WITH ended AS (SELECT id, wanted_employee_id, outcome, {_END} AS at FROM call
                   WHERE {_END} IS NOT NULL AND forget_at IS NOT NULL),
    addressed AS (
        SELECT ended.id, ended.at, wanted_employee_id AS employee_id FROM ended
        UNION SELECT ended.id, ended.at, attempt.employee_id FROM ended
        JOIN transfer_attempt AS attempt ON attempt.call_id = ended.id AND attempt.result = 'ACCEPTED'
        WHERE ended.outcome = 'TRANSFERRED')
    SELECT addressed.id AS subject, format('employee %s has no notice by email', employee.id) AS message
    FROM addressed JOIN employee ON employee.id = addressed.employee_id
    WHERE (employee.removed_at IS NULL OR employee.removed_at > addressed.at)
      AND NOT EXISTS (SELECT FROM call_notice WHERE call_notice.call_id = addressed.id
                      AND call_notice.employee_id = employee.id AND call_notice.channel = 'EMAIL')
    UNION ALL
    SELECT call_notice.call_id, 'the call has a notice, but has not ended'
    FROM call_notice JOIN call ON call.id = call_notice.call_id WHERE {_END} IS NULL"""

# What was decided, what was decided about, and what was written.
_DECIDED = """
    SELECT notice.call_id AS subject,
           format('the %s to employee %s was decided as %s of %s (call %s), and the message is %s to %s',
                  notice.channel, notice.employee_id, decision.verdict, decision.ruleset,
                  decision.facts ->> 'outcome', coalesce(message.template, 'missing'),
                  coalesce(message.recipient::text, 'nobody')) AS message
    FROM call_notice AS notice JOIN call ON call.id = notice.call_id
    LEFT JOIN decision ON decision.id = notice.decision_id AND decision.subject = call.id
    LEFT JOIN outbox_message AS message ON message.id = notice.message_id
    WHERE (CASE decision.ruleset || '.' || decision.verdict
               WHEN 'call_mail.NOTHING' THEN '' WHEN 'call_sms.NONE' THEN ''
               WHEN 'call_mail.FULL_NOTE' THEN 'call_taken'
               WHEN 'call_mail.NAME_AND_NUMBER' THEN CASE call.outcome
                   WHEN 'TRANSFERRED' THEN 'call_transferred' ELSE 'call_missed' END
               WHEN 'call_sms.SUMMARY' THEN 'call_text' WHEN 'call_sms.VIP' THEN 'call_text' END,
           decision.ruleset, decision.facts ->> 'outcome', notice.call_id, notice.employee_id)
          IS DISTINCT FROM (coalesce(message.template, ''),
           CASE notice.channel WHEN 'EMAIL' THEN 'call_mail' ELSE 'call_sms' END, call.outcome,
           coalesce(message.subject, notice.call_id), coalesce(message.recipient, notice.employee_id))"""

# At most one text message for each call and employee, and none without a notice, which a charge needs.
_TEXTS = """
    SELECT dispatch.id AS subject,
           format('the text message to employee %s about call %s has no notice, or is not the only one',
                  dispatch.employee_id, message.subject) AS message
    FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
    LEFT JOIN call_notice AS notice ON notice.message_id = message.id AND notice.channel = 'SMS'
        AND notice.employee_id = dispatch.employee_id
    WHERE dispatch.employee_id IS NOT NULL AND dispatch.channel = 'SMS'
      AND (notice.id IS NULL OR EXISTS (
          SELECT FROM dispatch AS other JOIN outbox_message AS another ON another.id = other.message_id
          WHERE other.employee_id = dispatch.employee_id AND other.channel = 'SMS'
            AND another.subject = message.subject AND other.id <> dispatch.id))"""

# Both ways: of applications with a talk, and of those for which one was measured.
_TALKS = f"""
    WITH concerned AS (
        SELECT id FROM application WHERE call_seconds > 0 AND {only(Rows.APPLICATION, "application.id")}
        UNION SELECT application.id
        FROM transfer_attempt AS attempt JOIN call ON call.id = attempt.call_id
        JOIN secretariat ON secretariat.id = call.secretariat_id
        JOIN contact ON {reach("contact")} && ARRAY[call.caller::text]
        JOIN application ON application.lead_id = contact.lead_id
            AND application.account_id = secretariat.account_id
        WHERE attempt.result = 'ACCEPTED' AND attempt.measured)
    SELECT application.id AS subject,
           format('the longest measured talk has %s seconds, and the application has %s',
                  talked.seconds, application.call_seconds) AS message
    FROM concerned JOIN application ON application.id = concerned.id
    JOIN contact ON contact.lead_id = application.lead_id {TALKED}
    WHERE talked.seconds <> application.call_seconds"""

CALLS = (
    Check("ended_calls_are_told", _TOLD),
    Check("notices_match_their_decisions", _DECIDED),
    Check("call_texts_have_one_notice", _TEXTS),
    Check("talks_and_evidence_agree", _TALKS),
)
