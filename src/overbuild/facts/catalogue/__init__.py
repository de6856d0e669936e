"""What the tables hold, found and counted: by words, by subject, by table."""
