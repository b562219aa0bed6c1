"""The glossary as a static site that is read from a file, without a server."""
