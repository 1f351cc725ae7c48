"""Tests of the page that a browser gets."""
