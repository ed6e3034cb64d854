"""Task books: tasks done on the job, signed one by one, then reviewed by the training unit."""
