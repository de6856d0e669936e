"""How rents of chips have moved: series read, cleaned, estimated, and held against their own later part."""
