"""Tests of contacting: markers, advice, statements."""
