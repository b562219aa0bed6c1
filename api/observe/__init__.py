"""What an operator sees of the server: metrics, logs, request ids. No text, key or address is in any of it."""
