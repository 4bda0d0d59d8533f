"""English: its word lists and its grammar. Another language of attributions, amounts or dates is such a folder."""
