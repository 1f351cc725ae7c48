"""Faster keys of organisations, and each made once where a delivery lets people join them."""

from importlib import import_module

from tortoise import migrations
from tortoise.migrations import operations as ops

_smart_data = import_module("migrations.0030_smart_data")  # its name is no identifier

LEGAL_FORMS = _smart_data.LEGAL_FORMS
_FORMS = (
    "gmbh co kg|gmbh|mbh|co kg|kg|kgaa|ag|ug haftungsbeschrankt|ug|ohg|gbr|ek|e k|ev|e v|se"
    "|sp z oo|sp z o o|spzoo|spolka z ograniczona odpowiedzialnoscia|spolka akcyjna|sp j|sp k|sp p|sc|s c"
    "|sa|s a|srl d|srl|s r l|pfa|snc|scs|sas|sarl|eurl|spa|s p a|sl|bv|b v|nv|n v"
    "|ltd|limited|llc|inc|incorporated|corp|corporation|plc|llp|oy|oyj|ab|as|a s|aps|sro|s r o|kft|zrt"
    "|doo|d o o|eood|ood"
)
_FORMS = ", ".join(f"'{form}'" for form in LEGAL_FORMS.split("|"))
_MOST_WORDS = max(form.count(" ") + 1 for form in LEGAL_FORMS.split("|"))
_ASCII_MARKS = "!\"#$%&''()*+,-/:;<=>?@[\\]^_`{|}~"  # the apostrophe is doubled for SQL
_MARKS = f"{_ASCII_MARKS}„“”‘’«»–—·"


def _without_marks(marks: str) -> str:
    """Marks become blanks, and points nothing, because they have no counterpart."""
    return (
        f"translate(plain, chr(9) || chr(10) || chr(13) || '{marks}.', repeat(' ', {len(marks) - 1 + 3}))"
    )


# As `models.smart_data.name_key`, without regular expressions: compiling and running those took more of a sweep
# than all its inserts of decisions. It depends on no locale, so it can be called immutable.
NAME_KEY = f"""CREATE OR REPLACE FUNCTION leadgate_name_key(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
        plain text;
        words text[];
        ends int[];  -- after each of these only legal forms follow
        first int;  -- the smallest of them
        place int;
    BEGIN
        IF octet_length(name) = length(name) THEN
            plain := lower(name COLLATE "C");
            plain := {_without_marks(_ASCII_MARKS)};
        ELSE
            plain := replace(replace(replace(replace(replace(replace(
                translate(regexp_replace(normalize(name, NFKD), '[\\u0300-\\u036f]', '', 'g'),
                    'ABCDEFGHIJKLMNOPQRSTUVWXYZŁłØøĐđ', 'abcdefghijklmnopqrstuvwxyzlloodd'),
                'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe');
            plain := {_without_marks(_MARKS)};
        END IF;
        words := array_remove(string_to_array(plain, ' '), '');
        first := cardinality(words) + 1;
        ends := ARRAY[first];
        place := first - 1;
        WHILE place > 1 AND first - place <= {_MOST_WORDS} LOOP
            FOR count IN 1..{_MOST_WORDS} LOOP
                IF place + count = ANY(ends)
                   AND array_to_string(words[place:place + count - 1], ' ') IN ({_FORMS}) THEN
                    ends := place || ends;
                    first := place;
                    EXIT;
                END IF;
            END LOOP;
            place := place - 1;
        END LOOP;
        RETURN left(array_to_string(words[:first - 1], ' '), 400);
    END $$"""

# Two statements, because the second must see the organisations that others have added meanwhile. The ids are those
# of the deliveries by which they were added: random ones took a sixth of the time.
JOIN_ORGANISATIONS = """CREATE OR REPLACE FUNCTION leadgate_join_organisations() RETURNS trigger
    LANGUAGE plpgsql AS $$
    DECLARE
        ids uuid[];
        accounts uuid[];
        leads uuid[];
        instants timestamptz[];
        keys text[];
    BEGIN
        SELECT array_agg(id), array_agg(account_id), array_agg(lead_id), array_agg(received_at),
               array_agg(encode(sha256(convert_to(account_id::text || ':' || name, 'UTF8')), 'hex'))
        INTO ids, accounts, leads, instants, keys
        FROM (SELECT delivered.id, delivered.account_id, delivered.lead_id, delivered.received_at,
                     leadgate_name_key(contact.organisation) AS name
              FROM delivered JOIN contact ON contact.lead_id = delivered.lead_id
              WHERE contact.organisation IS NOT NULL OFFSET 0) AS named
        WHERE name <> '';
        IF ids IS NULL THEN
            RETURN NULL;
        END IF;
        -- In a fixed order, because of two transactions that add the same ones each waits for the other.
        INSERT INTO organisation (id, account_id, name_key, version)
        SELECT DISTINCT ON (account_id, key) id, account_id, key, 1
        FROM unnest(ids, accounts, keys) AS given (id, account_id, key)
        ORDER BY account_id, key, id
        ON CONFLICT (account_id, name_key) DO NOTHING;
        INSERT INTO organisation_person (id, organisation_id, account_id, lead_id, added_at)
        SELECT given.id, organisation.id, given.account_id, given.lead_id, given.received_at
        FROM unnest(ids, accounts, keys, leads, instants) AS given (id, account_id, key, lead_id, received_at)
        JOIN organisation ON organisation.account_id = given.account_id AND organisation.name_key = given.key
        ORDER BY given.account_id, given.lead_id FOR KEY SHARE OF organisation
        ON CONFLICT (account_id, lead_id) DO NOTHING;
        RETURN NULL;
    END $$"""


def _before(sql: str) -> str:
    """A function as it was."""
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    dependencies = [("models", "0035_reconciliation_runs")]

    initial = False

    operations = [
        ops.RunSQL(NAME_KEY, reverse_sql=_before(_smart_data.NAME_KEY)),
        ops.RunSQL(JOIN_ORGANISATIONS, reverse_sql=_before(_smart_data.JOIN_ORGANISATIONS)),
    ]
