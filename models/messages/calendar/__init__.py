"""iCalendar documents: the event that follows an application, and the feed of a user's calendar (RFC 5545).

Everything here is pure: the facts, the sequence that was sent and the instant are given.
"""
