"""Owns the tests of complaints as files."""
