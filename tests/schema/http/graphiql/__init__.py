"""Owns the tests of the page that a browser gets."""
