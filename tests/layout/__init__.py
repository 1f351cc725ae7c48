"""Modules, imports and levels of the tree, as import-linter's graph sees them: `make layout`."""
