"""The API, its description, and the downloads of exports."""
