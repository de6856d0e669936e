"""What a load meets: the supply stack hour by hour, and the capacity auction."""
