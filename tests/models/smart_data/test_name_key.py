"""Names of organisations are compared by a key, which Python and the database make alike."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.smart_data.name_key import name_key, organisation_key
from tests.support.database import Database

SAME = [
    ("Fake Example GmbH", "fake  EXAMPLE gmbh"),
    ("Müller & Söhne GmbH & Co. KG", "Muller Sohne"),
    ("Łódź Sp. z o.o.", "Lodz Spółka z ograniczoną odpowiedzialnością"),
    ("Pâine S.R.L.", "paine srl"),
    ("Acme, Ltd.", "ACME Limited"),
    ("Groß AG", "GROSS"),
]
DIFFERENT = [("Acme", "Acme Bakery"), ("GmbH", ""), ("Kagan", "an"), ("Salt", "t")]
ODD = [
    "",
    "  ",
    "GmbH",
    "...",
    "KG KG",
    "ﷺ" * 50,
    "İstanbul A.Ş.",
    "O'Neill's",
    "ЁЛКА",
    "a\u0301\u0327",
    "\u1e9e",
    "a gmbh co kg",
    "a co",
    "a x gmbh co",
    "a s a s a",
    "e k e k",
    "gmbh co kg gmbh co kg",
    f"a {'gmbh co kg ' * 17}x",
    f"a {'gmbh co kg ' * 17}",
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_accents_blanks_and_legal_forms_do_not_matter(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_do_matter(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_that_repeats_a_legal_form_takes_no_longer_than_its_length() -> None:
    """CPU time of this process: each of these words can be read in two ways."""
    begun = time.process_time()
    assert name_key(f"a {'gmbh co kg ' * 2_000}").startswith("a")
    assert name_key(f"a {'gmbh co kg ' * 2_000}x").startswith("a gmbh co kg")
    assert time.process_time() - begun < 2


async def test_the_database_makes_the_same_keys(database: Database) -> None:
    names = [*(name for pair in SAME + DIFFERENT for name in pair), *ODD, *_random_names()]
    account_id = new_id()
    rows = await fetch(
        connection(),
        """SELECT name, leadgate_name_key(name) AS key, leadgate_organisation_key($2, name) AS hash
           FROM unnest($1::text[]) AS t (name)""",
        names,
        account_id,
    )
    assert {row["name"]: (row["key"], row["hash"]) for row in rows} == {
        name: (name_key(name), organisation_key(account_id, name)) for name in names
    }


def _random_names() -> list[str]:
    found: list[str] = []
    letters = st.text(st.characters(max_codepoint=0x2FF, exclude_categories=["Cs", "Cc"]), max_size=30)
    forms = st.sampled_from(["", " GmbH", " Sp. z o.o.", " S.A.", " & Co. KG", " ltd"])

    @settings(max_examples=300, database=None)
    @given(letters, forms)
    def draw(name: str, form: str) -> None:
        found.append(name + form)

    draw()
    return found
