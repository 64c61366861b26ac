"""How indicators move, with an event or with a rise in take-up."""
