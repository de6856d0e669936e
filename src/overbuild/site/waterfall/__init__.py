"""From cash to lenders and owners: tests, cures, cascade, mezzanine, enforcement."""
