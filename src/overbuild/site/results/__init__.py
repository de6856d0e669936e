"""What a site answers: results from whole rows, and what of them is reported when."""
