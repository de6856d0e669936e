"""The numbers of companies told: where each comes from, and their books."""
