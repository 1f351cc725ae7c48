"""Webhooks: endpoints of accounts, and the events of the account's feed that are sent to them."""
