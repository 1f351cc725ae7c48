"""Stored files of accounts: storing, listing and reading them."""
