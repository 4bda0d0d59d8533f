"""English: its word lists and its grammar. Another language is another such folder."""
