"""Many citizens at once: the same rules over columns."""
