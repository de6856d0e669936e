"""What is asked of AI and by whom it is earned: the layers of the stack, and what stands between them."""
