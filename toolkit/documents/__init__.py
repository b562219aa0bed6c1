"""Documents: where in a file the text stands that may be read and changed."""
