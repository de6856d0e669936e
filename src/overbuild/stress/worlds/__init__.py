"""Many worlds: a site drawn over and over, and what the worlds have in common."""
