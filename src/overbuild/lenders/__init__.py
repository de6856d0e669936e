"""Lenders: who holds the paper, who fails when a payer fails, and who loses how much."""
