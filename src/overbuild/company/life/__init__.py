"""The useful life of servers: depreciation by vintage, and what a change of the life does."""
