"""Tests of the registry of timed transitions."""
