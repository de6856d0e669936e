"""What sources say of the quantities of a site, and the values of a case that lie outside all of them."""
