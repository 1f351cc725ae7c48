"""When a call closes and what became of it, as of now: the SQL expressions for lists, filters and statistics.

The stored outcome; without one, what the due time of its deadline made of it, although no worker has closed
it yet. An unanswered call whose caller has hung up is abandoned at once (S4 R.closing).
"""

# Of a row of `call`: when its deadline closes it; null if it has ended.
CLOSES_AT = """(SELECT due_at FROM deadline WHERE deadline.kind = 'CALL_CLOSE' AND deadline.subject = call.id
    AND deadline.done_at IS NULL ORDER BY ordinal DESC LIMIT 1)"""
CLOSED_NOW = f"coalesce({CLOSES_AT} <= leadgate_clock(), false)"

# Of a row of `call`; null while the call is open.
OUTCOME_NOW = f"""CASE WHEN call.outcome IS NOT NULL THEN call.outcome
    WHEN call.answered_at IS NULL AND call.hung_up_at IS NOT NULL THEN 'ABANDONED'
    WHEN NOT {CLOSED_NOW} THEN NULL
    WHEN EXISTS (SELECT FROM transfer_attempt
                 WHERE transfer_attempt.call_id = call.id AND transfer_attempt.result = 'ACCEPTED')
    THEN 'TRANSFERRED'
    WHEN call.answered_at IS NULL THEN 'ABANDONED'
    ELSE 'UNFINISHED' END"""
