"""Tests of the rulesets of smart contact data."""
