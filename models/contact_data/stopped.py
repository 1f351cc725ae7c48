"""Whether a person must not be contacted, as SQL: the one condition that all statements use.

A stop holds until it is lifted or its end has passed, by the database's clock: no worker is needed.
"""

NOW = "leadgate_clock()"


def holds(stop: str, at: str = NOW) -> str:
    """Return the condition that a row of `do_not_contact`, by its alias, holds at an instant."""
    return f"({stop}.lifted_at IS NULL AND ({stop}.until IS NULL OR {stop}.until > {at}))"


def binds_all(stop: str) -> str:
    """Return the condition that a stop binds everybody, for all media; an index has these rows."""
    return f"({stop}.scope = 'MARKET' AND {stop}.medium IS NULL)"


def stopped(prospect: str, at: str = NOW) -> str:
    """Return the condition that nobody may contact a prospect, given as the SQL of its id, at an instant."""
    return f"""EXISTS (SELECT FROM do_not_contact AS stop
        WHERE stop.prospect_id = {prospect} AND {binds_all("stop")} AND {holds("stop", at)})"""


def stopped_for(prospect: str, account: str) -> str:
    """Return the condition that an account may not contact a prospect at all, both given as SQL of their ids:
    because nobody may, or because the person wants nothing of this account.
    """
    return f"""EXISTS (SELECT FROM do_not_contact AS stop
        WHERE stop.prospect_id = {prospect} AND stop.medium IS NULL AND {holds("stop")}
          AND (stop.scope = 'MARKET' OR stop.account_id = {account}))"""


def stopped_by(prospect: str, medium: str, at: str = NOW) -> str:
    """Return the condition that nobody may contact a prospect by a medium; both are SQL."""
    return f"""EXISTS (SELECT FROM do_not_contact AS stop
        WHERE stop.prospect_id = {prospect} AND stop.scope = 'MARKET' AND {holds("stop", at)}
          AND coalesce(stop.medium = {medium}, true))"""
