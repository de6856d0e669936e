"""What stands behind the numbers of a contagion study."""
