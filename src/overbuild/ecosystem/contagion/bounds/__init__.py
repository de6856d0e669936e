"""What may be true as well: bounds over everything that the table leaves open, and the worst that was found."""
