"""The tariffs of large loads in a zone: what the load pays towards delivery under one, and under each that ships."""
