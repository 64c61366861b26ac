"""Tables of citizens: from files and Arrow to stated facts, and answers back to files."""
