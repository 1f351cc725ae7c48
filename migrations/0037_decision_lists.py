"""The log of decisions as a list: a page by each filter, and what a decision caused, through an index each."""

from tortoise import migrations

from models.base.indexes import IndexConcurrently

# A list is in the order of `decided_at` and `id`, so a filter by equality comes before them.
FILTERS = {
    "decision_by_time": "decision (decided_at, id)",
    "decision_by_ruleset": "decision (ruleset, decided_at, id)",
    "decision_by_rule": "decision (rule_id, decided_at, id)",
    "decision_by_verdict": "decision (verdict, decided_at, id)",
    "decision_by_policy": "decision (policy_version, decided_at, id)",
    "decision_by_actor": "decision (actor_id, decided_at, id) WHERE actor_id IS NOT NULL",
}
CAUSED = {
    "posting_group_decision": "posting_group (decision_id) WHERE decision_id IS NOT NULL",
    "delivery_decision": "delivery (decision_id)",
    "feed_event_decision": "feed_event (decision_id) WHERE decision_id IS NOT NULL",
    "call_notice_decision": "call_notice (decision_id)",
    "outbox_message_event": "outbox_message (event_id) WHERE event_id IS NOT NULL",
}


class Migration(migrations.Migration):
    dependencies = [('models', '0036_cheaper_sweeps')]

    initial = False
    atomic = False

    operations = [IndexConcurrently(name, on) for name, on in (FILTERS | CAUSED).items()]
