"""What is a site's alone in a book: the book itself, what sizing fixed, rates that a solver found, what is printed."""
