"""Books and tax of a project, and the fleets that it buys."""
