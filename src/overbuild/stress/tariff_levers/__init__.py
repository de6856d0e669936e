"""Which value of a lever of a tariff keeps other customers whole over drawn worlds, on the same draws at each value."""
