"""The AI economy over many worlds: what is drawn of it, who fails and who loses in each, what that comes to."""
