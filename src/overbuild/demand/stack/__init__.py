"""The stack: layers that buy from one another, what a shock to one does to the margins of all, and whether to own them."""
