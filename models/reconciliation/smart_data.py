"""Checks of smart contact data: charges and hits agree, and every search ends."""

from models.reconciliation.check import Check
from models.reconciliation.part import Rows, only

_PAYS, _PAID = only(Rows.ACCOUNT, "account_id"), only(Rows.ACCOUNT, "posting_group.account_id")

_CHARGES = f"""
    SELECT coalesce(search.id, posting_group.subject) AS subject,
           CASE WHEN search.id IS NULL THEN format('%s charges a search that does not exist',
                                                   posting_group.business_key)
                WHEN posting_group.id IS NULL THEN format('the search cost %s points, but none were charged',
                                                          search.points)
                ELSE format('the search cost %s points and found %s values, but %s were charged',
                            search.points, search.found, charged.points) END AS message
    FROM (SELECT * FROM smart_search WHERE points > 0 AND {_PAYS}) AS search
    FULL JOIN (SELECT * FROM posting_group WHERE kind = 'ENRICHMENT_CHARGE' AND {_PAID})
        AS posting_group
        ON posting_group.business_key = 'enrichment:' || search.id
    LEFT JOIN LATERAL (SELECT -sum(amount) AS points FROM posting
        WHERE posting.group_id = posting_group.id AND posting.book = 'AVAILABLE') AS charged ON true
    WHERE search.id IS NULL OR posting_group.id IS NULL OR charged.points IS DISTINCT FROM search.points
       OR search.found = 0 OR posting_group.account_id <> search.account_id"""

_ENDS = """
    SELECT search.id AS subject,
           format('the search is %s, but its end is %s', search.state,
                  CASE WHEN deadline.id IS NULL THEN 'not a deadline'
                       WHEN deadline.done_at IS NULL THEN 'pending' ELSE 'done' END) AS message
    FROM smart_search AS search
    LEFT JOIN deadline ON deadline.kind = 'SMART_SEARCH_END' AND deadline.subject = search.id
    WHERE (search.state = 'RUNNING')
        IS DISTINCT FROM (deadline.id IS NOT NULL AND deadline.done_at IS NULL)"""

SMART_DATA = (
    Check("smart_data_charges_and_hits_agree", _CHARGES),
    Check("smart_data_searches_end", _ENDS),
)
