"""Jobs analysed: the steps of an analysis, the tasks of the job, interviews with who does it."""
