"""Governance as a moat: what controls save, win and cost, part by part."""
