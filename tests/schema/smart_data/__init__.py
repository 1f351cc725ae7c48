"""Tests of the API of smart contact data."""
