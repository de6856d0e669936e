"""Drivers: what is drawn of a case, for every question that draws or checks."""
