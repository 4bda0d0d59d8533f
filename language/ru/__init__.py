"""Russian: the words and the grammar of dates."""
