"""One file a command, in rooms by what it is about: its options, and the answer it delivers."""
