"""Tests of the page that browsers get."""
