"""Tests of the rules of contacting."""
