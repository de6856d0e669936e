"""A site over many worlds: what is asked of it in each, how it is run, what it comes to."""
