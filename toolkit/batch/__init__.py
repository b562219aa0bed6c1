"""Archives of any size: items in, items out, in order, and a ledger of what is done."""
