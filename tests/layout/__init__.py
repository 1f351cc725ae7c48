"""Rooms, arrows and floors of the tree, as import-linter's own graph sees them: `make layout`."""
