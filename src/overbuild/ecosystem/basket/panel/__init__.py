"""A panel of returns: the user's file, read with every fault located, and what it may not be."""
