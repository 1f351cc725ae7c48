"""What made postings, sweeps and the operators' lists cost more the larger the marketplace."""

from tortoise import migrations
from tortoise.migrations import operations as ops

# A group's rows never change, so its sum is zero as long as each INSERT adds zero to it: the rows that were
# there before need not be read, which a planner may do by reading the whole ledger.
OF_WHAT_IS_ADDED = "SELECT group_id INTO wrong FROM added GROUP BY group_id HAVING sum(amount) <> 0 LIMIT 1;"
OF_WHOLE_GROUPS = """SELECT group_id INTO wrong FROM posting
    WHERE group_id IN (SELECT group_id FROM added) GROUP BY group_id HAVING sum(amount) <> 0 LIMIT 1;"""


def _zero_sum(look: str) -> str:
    return f"""CREATE OR REPLACE FUNCTION leadgate_check_zero_sum() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE wrong uuid;
       BEGIN
           {look}
           IF wrong IS NOT NULL THEN
               RAISE EXCEPTION 'the postings of group % do not sum to zero', wrong
                   USING ERRCODE = 'integrity_constraint_violation';
           END IF;
           RETURN NULL;
       END $$"""


class Migration(migrations.Migration):
    dependencies = [("models", "0005_complaint_laws")]

    initial = False

    operations = [
        ops.RunSQL(
            [
                _zero_sum(OF_WHAT_IS_ADDED),
                # Of all accounts, for operators: models/applications/list.py.
                "CREATE INDEX application_newest ON application (submitted_at DESC, id DESC)",
                "CREATE INDEX delivery_newest ON delivery (received_at DESC, id DESC)",
                # Whether any of one kind is due, however many of another are: models/deadlines/sweep.py.
                "CREATE INDEX deadline_by_kind ON deadline (kind, due_at, id) WHERE done_at IS NULL",
            ],
            reverse_sql=[
                "DROP INDEX deadline_by_kind",
                "DROP INDEX delivery_newest",
                "DROP INDEX application_newest",
                _zero_sum(OF_WHOLE_GROUPS),
            ],
        )
    ]
