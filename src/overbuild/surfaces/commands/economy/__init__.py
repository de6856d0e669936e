"""Chips, work and layers, rules; who follows when a payer fails, whose shares move together."""
