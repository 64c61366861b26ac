"""Terms over columns: the definition, for many citizens at once."""
