"""Calendars of employees: files and feeds that become appointments and hours."""
