"""Quality, measured: engines, the memory or files of translations against references, names first of all."""
