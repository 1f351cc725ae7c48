"""The service itself in the API: its clock, version, languages and demo."""
