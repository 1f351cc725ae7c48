"""Vendors, prospects and users: opening accounts, signing in, sessions and rights."""
