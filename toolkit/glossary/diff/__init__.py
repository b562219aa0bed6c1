"""What differs between two states of the glossary: files, entries, names. What it does to texts is the pipeline's."""
