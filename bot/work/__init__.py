"""Long jobs: rows, run in a process of their own."""
