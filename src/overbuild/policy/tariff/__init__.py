"""A large load under a tariff: what it is billed, what was built for it, who pays when it is late, small or gone."""
