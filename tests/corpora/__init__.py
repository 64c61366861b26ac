"""Rules and expected answers that others wrote, read from beside the checkout and never copied into it."""
