"""Site: phases, contracts and loans financed as one, from close to decommissioning."""
