"""Random lives of messages to many, for the proof part `broadcasts`."""
