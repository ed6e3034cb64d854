"""One job per file: what is looked for, how often, and when it will next find something."""
