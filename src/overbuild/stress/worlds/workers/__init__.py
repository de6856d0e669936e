"""Those who run scenarios: threads of this machine, or others that keep to the same few words."""
