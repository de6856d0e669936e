"""One company from its figures: what it spends and from which cash, its leases and lives, what its price asks, its rank."""
