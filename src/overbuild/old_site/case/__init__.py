"""The case: what the file says, read into a plan, with its faults and its choices."""
