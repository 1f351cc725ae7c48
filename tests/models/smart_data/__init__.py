"""Tests of smart contact data."""
