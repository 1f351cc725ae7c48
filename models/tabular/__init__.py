"""Uploaded tables, as CSV, XLSX, XLS or ODS: their format, and their cells as text."""
