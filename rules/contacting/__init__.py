"""Rulesets of contacting a person: by which right, when, and in which way it is best."""
