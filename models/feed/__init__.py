"""Feeds of events, the outbox, notifications and their wording, and the journal that writes them."""
