"""Files that others made, opened as data alone: workbooks, separators, code pages, their dates and numbers."""
