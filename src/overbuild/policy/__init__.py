"""Rules and what they cost: fines, compliance, delays and caps, the losses they add up to, and controls as a moat."""
