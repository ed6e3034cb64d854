"""A Bot API server on this machine, with phones, a web page and a clock that can be moved."""
