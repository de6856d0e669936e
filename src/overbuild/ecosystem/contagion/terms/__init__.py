"""From entities, contracts and assumptions to the numbers of a study, each with its range."""
