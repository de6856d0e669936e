"""The chips of a spender by the year in which they were bought: what the books say, what they are worth, what is written down."""
