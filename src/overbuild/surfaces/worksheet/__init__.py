"""A case written as a worksheet that a person fills in, and that every command reads."""
