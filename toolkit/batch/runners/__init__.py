"""Who does the work of a batch: this process, a pool of processes, a cluster."""
