"""What the case file of a project says."""
