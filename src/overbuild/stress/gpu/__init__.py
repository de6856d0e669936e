"""The same model on JAX: a second opinion on the CPU, and the way to a GPU."""
