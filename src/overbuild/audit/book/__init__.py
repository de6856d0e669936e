"""The book of a model: everything that a workbook shows, as rows, before anyone decides in which cell it stands."""
