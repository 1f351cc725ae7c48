"""Rulesets of the phone secretariat: whether an employee can be put through, and who gets a call."""
