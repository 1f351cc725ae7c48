"""Which stored lead a row matches: found by its id or its person, never by an id alone."""

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from models.leads.file import ImportDefaults, LeadDraft, map_columns, name_key, parse_row
from models.leads.file.notes import ImportNote
from models.leads.known_leads import KnownLeads
from models.tabular.headed import FileRow

DEFAULTS = ImportDefaults(market="demo", category="Roofing", country="US", region="US")
MAPPING = map_columns(("Id", "Name", "Email", "Phone"))
# Few of each, so that ids, names, addresses and numbers coincide in all ways.
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2", "1.0", "5.12346E+11"]),
        st.sampled_from(["Ada Probe", "ADA  PROBE", "Probe, Ada", "Bo Probe"]),
        st.sampled_from(["a@x.example", "A@x.example", "b@x.example", "c@x.example"]),
        st.sampled_from(["", "+12025550161", "(202) 555-0162"]),
    ),
    max_size=12,
)


def _draft(row: tuple[str, ...]) -> LeadDraft:
    draft = parse_row(FileRow(2, row), MAPPING, DEFAULTS)
    assert isinstance(draft, LeadDraft), draft
    return draft


def _person(draft: LeadDraft) -> tuple[frozenset[str], set[str]]:
    contact = draft.contact
    name = frozenset(name_key(contact.full_name).replace(",", "").split())
    return name, {(contact.email or "").lower(), contact.phone_number or "none"}


def _imported(known: KnownLeads, drafts: list[LeadDraft]) -> list[tuple[object, ImportNote | None]]:
    """Import the drafts one by one; return the lead and the warning of each."""
    leads: list[tuple[object, ImportNote | None]] = []
    for draft in drafts:
        match = known.match(draft)
        lead = match.known.id if match.known else uuid4()
        if match.known is None:
            known.add(match.identity_key, lead, draft.contact)
        leads.append((lead, match.warning))
    return leads


@given(ROWS)
def test_rows_of_one_lead_share_a_name_an_address_or_a_number(rows: list[tuple[str, ...]]) -> None:
    drafts = [_draft(row) for row in rows]
    first: dict[object, LeadDraft] = {}
    for draft, (lead, warning) in zip(drafts, _imported(KnownLeads({}), drafts), strict=True):
        name, ways = _person(first.setdefault(lead, draft))
        other_name, other_ways = _person(draft)
        assert name == other_name or ways & other_ways
        assert warning is None or draft.identity_key != draft.person_key


@given(ROWS)
def test_the_same_rows_again_are_the_same_leads(rows: list[tuple[str, ...]]) -> None:
    known = KnownLeads({})
    drafts = [_draft(row) for row in rows]
    leads = _imported(known, drafts)
    assert [lead for lead, _ in _imported(known, drafts)] == [lead for lead, _ in leads]


def test_an_id_of_another_person_causes_a_warning_each_time() -> None:
    known = KnownLeads({})
    rows = [("1", "Ada Probe", "a@x.example", ""), ("1", "Bo Probe", "b@x.example", "")]
    for _ in range(2):
        assert [warning for _, warning in _imported(known, [_draft(row) for row in rows])] == [
            *(None, ImportNote.ANOTHER_PERSON),
        ]
