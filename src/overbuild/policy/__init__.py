"""Rules that somebody sets and somebody else pays: tariffs of large loads, laws, caps, fines."""
