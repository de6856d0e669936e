"""Shapes of which the package has no quantity, and why: there is nothing that an adapter could ask."""

ABSENT = {
    "H02": "no share of variance by driver (Sobol indices): what moves a result is told by the worlds in which a driver is "
    "lowest and highest; break-evens move one input",
    "H03": "no attribution of the difference between two cases to their inputs (Aumann and Shapley): `compare` lists the "
    "inputs that differ and the results of both, and the gradients of the kernel are of one case",
    "H04": "no search for the likeliest world that fails (reliability index, FORM): a break-even moves one input, and a "
    "probability is counted over drawn worlds",
    "H07": "no search for the box of inputs in which worlds fail (PRIM): worlds that fail can be written out and searched elsewhere",
}
"""By shape: which quantity is not there, and what is told instead."""
