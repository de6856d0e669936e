"""Stories of the filings room, on small files made for them."""
