"""The language in whose words names are compared, whatever language they are printed in.

Bodies, countries and roles of any language are brought to the words of this one ("the Chinese foreign ministry"). A
language of attributions, amounts or dates needs none of this.
"""

from types import ModuleType

from ..grammars import grammar_module

_CODE = "en"


def common_words() -> ModuleType:
    """What the folder of that language holds of names."""
    module = grammar_module(_CODE, "names")
    if module is None:
        raise ModuleNotFoundError(f"language/{_CODE}/names is not there: names are compared in its words.")
    return module
