"""What a project earns: contracts, load and power, operating cash."""
