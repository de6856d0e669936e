"""What a site earns: contracts, load and power, operating cash."""
