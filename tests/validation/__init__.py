"""The taxonomy held against PolicyEngine UK: the same households, asked of both. `make validate` runs it."""
