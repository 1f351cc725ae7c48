"""Leads: publishing, importing and listing them, and what of them a viewer may see."""
