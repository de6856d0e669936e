"""The gap between AI spend and AI revenue: its formulas, its year, and the figures of a day."""
