"""A case in the short form rewritten in the general form: the same plan, number for number, comments kept."""
