"""Services placed from standardised to personalised."""
