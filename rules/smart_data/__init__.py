"""Rulesets of smart contact data: who sees it, and when the public sources are asked."""
