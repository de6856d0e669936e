"""Markets and the money in them: concentration, takeovers, money that goes round, how long cash lasts."""
