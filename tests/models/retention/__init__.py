"""Tests of the removal of rows by age."""
