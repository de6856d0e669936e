"""Terms: what the equations run on, and how a plan becomes it."""
