"""Rules on a firm: whom they touch, from when, how surely, and what they cost: fines, costs, delays, caps, mergers."""
