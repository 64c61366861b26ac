"""Who is entitled and who claims: take-up, what is missed, and the list of those who miss it."""
