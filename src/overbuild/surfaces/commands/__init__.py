"""One file a command: its options, and the answer it delivers."""
