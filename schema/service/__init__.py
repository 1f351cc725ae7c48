"""The service in the API: its clock, version, languages and demo."""
