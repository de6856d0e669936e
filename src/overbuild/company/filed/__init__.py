"""What a company has filed: its figures by concept, on the calendar's quarters."""
