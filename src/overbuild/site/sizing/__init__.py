"""What is solved around the periods: the base case, the amounts and schedules of loans."""
