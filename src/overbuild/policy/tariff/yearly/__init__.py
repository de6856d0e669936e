"""One year of a large load, a concept a file: what it draws, is charged, owes on leaving, costs to serve, who bears the rest."""
