"""Where a number of a case comes from: the field it cites, the arithmetic it is derived by, the document it names."""
