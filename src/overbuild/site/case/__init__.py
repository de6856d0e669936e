"""What the case file of a site says."""
