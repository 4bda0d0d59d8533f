"""Chinese, in simplified and traditional signs: the words and the grammar of dates."""
