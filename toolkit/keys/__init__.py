"""Keys to the server: made and revoked at the command line, asked for by the API."""
