"""Applications that end without an answer, and users with one hat each."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint


# A user who is two things has two users from now on; which of them is whose only a person can say.
REFUSE_TWO_HATS = """DO $$
    DECLARE two_hats text;
    BEGIN
        SELECT string_agg(id::text, ', ' ORDER BY id) INTO two_hats FROM users
        WHERE num_nonnulls(account_id, prospect_id) + agent::int + operator::int > 1;
        IF two_hats IS NOT NULL THEN
            RAISE EXCEPTION 'these users have more than one role (vendor, prospect, agent, operator): %', two_hats
                USING ERRCODE = 'integrity_constraint_violation',
                      HINT = 'Remove all but one role, create another user for the others, and migrate again.';
        END IF;
    END $$"""


class Migration(migrations.Migration):
    dependencies = [("models", "0007_standby_clock")]

    initial = False

    operations = [
        ops.RunSQL([REFUSE_TWO_HATS], reverse_sql=[]),
        ops.AddField(
            model_name='Application',
            name='ended_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddConstraint(
            model_name='Application',
            constraint=CheckConstraint(check='ended_at IS NULL OR coalesce(accepted_at, declined_at, revealed_at) IS NULL', name='application_ended_unanswered'),
        ),
        ops.AddConstraint(
            model_name='User',
            constraint=CheckConstraint(check='num_nonnulls(account_id, prospect_id) + agent::int + operator::int <= 1', name='users_one_hat'),
        ),
    ]
