"""Leads: publishing, importing and listing them, and which parts a viewer may see."""
