"""The grid: a large load in the energy market, in the capacity auction, on the bills of others, in the queue, in the air."""
