"""Drafts of policies: what is wrong with them, what they change, and whether the rules hold."""
