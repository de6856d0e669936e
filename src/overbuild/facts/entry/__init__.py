"""What a row must satisfy to enter the tables: whose document it is, and whether the figure can be right."""
