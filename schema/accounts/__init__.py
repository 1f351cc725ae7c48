"""Accounts, users and sessions in the API."""
