"""Bindings: what is uncertain in a case as leaves of its model, and one scenario by the plain run on floats."""
