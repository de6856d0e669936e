"""One file per question; each returns an Answer and prints nothing."""
