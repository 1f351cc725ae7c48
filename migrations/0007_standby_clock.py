"""The clock of a standby stands still at what has arrived there: a decline may still be on its way."""

from tortoise import migrations
from tortoise.migrations import operations as ops

# A standby that has replayed nothing yet knows no instant at all: by its clock nothing is due.
STANDING_STILL = """CREATE OR REPLACE FUNCTION leadgate_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
   AS $$ SELECT CASE WHEN pg_is_in_recovery()
                     THEN least(clock_timestamp(), coalesce(pg_last_xact_replay_timestamp(), 'epoch'))
                     ELSE clock_timestamp() END $$"""
RUNNING_ON = """CREATE OR REPLACE FUNCTION leadgate_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
   AS $$ SELECT clock_timestamp() $$"""


class Migration(migrations.Migration):
    dependencies = [("models", "0006_growth")]

    initial = False

    operations = [ops.RunSQL([STANDING_STILL], reverse_sql=[RUNNING_ON])]
