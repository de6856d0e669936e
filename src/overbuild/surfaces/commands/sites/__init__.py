"""One project financed, over many worlds, in a lender's book, beside another."""
