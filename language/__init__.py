"""What a text says of itself: text in, findings out. Pure: no models, no database, no request."""
