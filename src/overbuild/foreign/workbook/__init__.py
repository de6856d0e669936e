"""An .xlsx workbook of someone else's, read cell by cell: nothing is executed, followed or guessed."""
