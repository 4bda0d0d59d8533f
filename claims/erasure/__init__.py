"""A withheld name taken out of everything that this server keeps, and the search for what is left of it."""
