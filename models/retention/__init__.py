"""Removal of rows by age, as the settings of the house say; what proves something is never removed."""
