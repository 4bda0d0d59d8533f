"""English words by what a speaker does with them to what is said: `cues.txt`, and words that turn it: `words.txt`."""
