"""Limits of one complaint, whether it is filed by items or by a file."""

MOST_ITEMS = 10_000
LONGEST_EXPLANATION = 5_000  # characters
