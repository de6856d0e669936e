"""What can be done: who is too big to fail, and the cheapest money that stops a cascade."""
