__version__ = "0.1.0"  # pyproject.toml and CHANGELOG.md say the same
