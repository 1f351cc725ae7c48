"""Tests of complaints filed as files."""
