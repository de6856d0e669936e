"""Books and tax of a site, and the fleets that it buys."""
