"""The memory that grows: a newsroom's own translations in one SQLite file, written and read by several processes."""
