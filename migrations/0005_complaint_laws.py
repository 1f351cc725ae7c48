"""What 0004 leaves out: the constraints of its models, numbers of complaints, and what never changes."""

from tortoise import migrations
from tortoise.migrations import operations as ops

CONSTRAINTS = {
    ("complaint_item", "complaint_item_once"): "UNIQUE (complaint_id, delivery_id)",
    ("complaint_item", "complaint_item_decided"): "CHECK ((verdict = 'UNDER_REVIEW') = (decided_at IS NULL))",
    ("evidence", "evidence_confidence_is_percent"): "CHECK (confidence BETWEEN 0 AND 100)",
    ("offer", "offer_points_not_negative"): "CHECK (points >= 0)",
    ("offer", "offer_sold_within_cap"): "CHECK (sold BETWEEN 0 AND cap)",
    ("offer", "offer_exclusive_has_one_place"): "CHECK (mode <> 'EXCLUSIVE' OR cap = 1)",
    ("offer", "offer_kind_is_sold"): "CHECK (kind IN ('LEAD_CLUB', 'RECORD'))",
}
IMMUTABLE = ("evidence", "complaint_message")


class Migration(migrations.Migration):
    dependencies = [("models", "0004_complaints")]

    initial = False

    operations = [
        ops.RunSQL(
            [
                "CREATE SEQUENCE complaint_number",
                *(
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}"
                    for (table, name), rule in CONSTRAINTS.items()
                ),
                *(
                    f"""CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table}
                        FOR EACH ROW EXECUTE FUNCTION leadgate_refuse_change()"""
                    for table in IMMUTABLE
                ),
                "CREATE INDEX complaint_open ON complaint (decide_by, id) WHERE decided_at IS NULL",
                # One open claim about a delivery at a time, whoever files.
                """CREATE UNIQUE INDEX complaint_item_open ON complaint_item (delivery_id)
                   WHERE decided_at IS NULL""",
                "CREATE INDEX complaint_item_waiting ON complaint_item (complaint_id) WHERE decided_at IS NULL",
                # Stock for replacements and sale, the oldest offer first.
                """CREATE INDEX offer_in_stock ON offer (kind, offered_at, id)
                   WHERE withdrawn_at IS NULL AND sold < cap""",
                "CREATE INDEX remedy_waiting ON remedy (granted_at, id) WHERE settled_at IS NULL",
            ],
            reverse_sql=[
                "DROP INDEX remedy_waiting",
                "DROP INDEX offer_in_stock",
                "DROP INDEX complaint_item_waiting",
                "DROP INDEX complaint_item_open",
                "DROP INDEX complaint_open",
                *(f"DROP TRIGGER {table}_immutable ON {table}" for table in IMMUTABLE),
                *(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name in CONSTRAINTS),
                "DROP SEQUENCE complaint_number",
            ],
        )
    ]
