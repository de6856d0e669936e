"""A project financed: phases, contracts and loans of a site, from close to decommissioning."""
