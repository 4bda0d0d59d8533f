"""One change of several objects chosen in a list, looked at before it is made and taken back in one act."""
