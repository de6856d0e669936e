"""What must be earned on the spending: required revenue, returns, payback, and the range of guidance."""
