"""A dossier: a folder of TOML files that holds a whole account, to be recorded through the verbs.

    questions.toml                 questions with their claims
    outlets_and_articles.toml      outlets, articles, and how each article treats claims
    actors.toml                    whoever speaks or is spoken of
    statements/*.toml              what one article prints: new statements, and further printings of known ones

Every file ends with an `[end]` table that counts what the file holds: a file that was cut off is never taken for a
whole one. A dossier is read and checked as a whole before anything is written (docs/demonstration.md).
"""

from .dossier_files import read_dossier
from .dossier_types import Dossier
from .recording import count_steps, record_dossier

__all__ = ["Dossier", "count_steps", "read_dossier", "record_dossier"]
