"""Modules, imports and levels of the source tree, from import-linter's graph: `make layout`."""
