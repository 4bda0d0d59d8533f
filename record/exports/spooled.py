"""Files that are only whole at their end, such as archives: written to a temporary file, then handed on in blocks."""

import tempfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

BLOCK = 256 * 1024  # bytes


def spooled(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """What `write` writes to a file, in blocks. The file has no name and is gone with the process."""
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block
