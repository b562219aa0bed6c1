"""The REST API: the same pipeline over HTTP, with the dialects that existing plugins speak."""
