"""What is published of a deal beside what the case has of it, as run. Nothing that runs reads these pages."""
