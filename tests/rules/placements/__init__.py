"""Tests of what is shown to whom."""
