"""Published sums: their arithmetic, their verdicts, and our model on the same inputs."""
