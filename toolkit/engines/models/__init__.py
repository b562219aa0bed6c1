"""Models on this machine and where to have them from: catalogue, download, install, verify, remove."""
