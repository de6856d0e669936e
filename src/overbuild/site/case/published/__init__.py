"""What is published of a deal, as a case file states it: figures that stand beside those of the case."""
