"""Tests of calendars of employees."""
