"""Tables of phrases, one file per language."""
