"""The short form of a case file: one site, one hall, one contract; and how it becomes the general form."""
