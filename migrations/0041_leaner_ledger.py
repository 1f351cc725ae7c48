"""What a sweep spends on each posting and on each name of an organisation."""

from importlib import import_module

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

_growth = import_module("migrations.0006_growth")  # their names are no identifiers
_sweeps = import_module("migrations.0036_cheaper_sweeps")

# A group is never changed or removed, so that it exists when its postings are added is all that a foreign key
# could say; asked once for each group instead of once for each posting. The subquery makes it an index lookup
# for each: a join may be planned as a scan of the whole ledger.
GROUPS_EXIST_AND_SUM_TO_ZERO = """CREATE OR REPLACE FUNCTION leadgate_check_zero_sum() RETURNS trigger
    LANGUAGE plpgsql AS $$
    DECLARE wrong uuid; total numeric;
    BEGIN
        SELECT group_id, sum INTO wrong, total
        FROM (SELECT group_id, sum(amount) FROM added GROUP BY group_id) AS given
        WHERE sum <> 0 OR (SELECT id FROM posting_group WHERE id = group_id) IS NULL LIMIT 1;
        IF total <> 0 THEN
            RAISE EXCEPTION 'the postings of group % do not sum to zero', wrong
                USING ERRCODE = 'integrity_constraint_violation';
        ELSIF wrong IS NOT NULL THEN
            RAISE EXCEPTION 'there is no group %', wrong USING ERRCODE = 'foreign_key_violation';
        END IF;
        RETURN NULL;
    END $$"""
KEPT_GROUPS = """CREATE TRIGGER posting_group_kept BEFORE TRUNCATE ON posting_group
    FOR EACH STATEMENT EXECUTE FUNCTION leadgate_refuse_change()"""
# A word that occurs in no legal form ends the search for them.
_WORDS = ", ".join(f"'{word}'" for word in sorted(set(_sweeps.LEGAL_FORMS.replace("|", " ").split())))
_LOOP = f"WHILE place > 1 AND first - place <= {_sweeps._MOST_WORDS} LOOP"
NAME_KEY = _sweeps.NAME_KEY.replace(
    _LOOP, _LOOP.replace(" LOOP", f"\n                AND words[place] IN ({_WORDS}) LOOP")
)


def _group(*, db_constraint: bool):
    return fields.ForeignKeyField(
        'models.PostingGroup',
        source_field='group_id',
        db_constraint=db_constraint,
        to_field='id',
        related_name='postings',
        on_delete=OnDelete.RESTRICT,
    )


class Migration(migrations.Migration):
    dependencies = [("models", "0040_points_given_back")]

    initial = False

    operations = [
        ops.RunSQL(
            [
                # In the order in which groups and postings are written, or both would wait for each other.
                "LOCK TABLE posting_group, posting IN ACCESS EXCLUSIVE MODE",
                GROUPS_EXIST_AND_SUM_TO_ZERO,
                KEPT_GROUPS,
                "ALTER TABLE posting DROP CONSTRAINT posting_group_id_fkey",
            ],
            reverse_sql=[
                """ALTER TABLE posting ADD CONSTRAINT posting_group_id_fkey
                   FOREIGN KEY (group_id) REFERENCES posting_group (id) ON DELETE RESTRICT""",
                "DROP TRIGGER posting_group_kept ON posting_group",
                _growth._zero_sum(_growth.OF_WHAT_IS_ADDED),
            ],
        ),
        ops.AlterField(model_name='Posting', name='group', field=_group(db_constraint=False)),  # the state alone
        ops.RunSQL(NAME_KEY, reverse_sql=_sweeps.NAME_KEY),
    ]
