"""Due work: found by queries, written as rows; APScheduler only ticks."""
