"""Documents that are worked on in the background: a queue that outlives its process, files, workers."""
