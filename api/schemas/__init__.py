"""Models of what routes answer and of what other services' clients send."""
