"""What a reviewer should look at before publishing, and may publish all the same: what older rows say."""

from collections.abc import Iterator

from record.documents import Redirect

from ..changes.modes import doubt_of_mode, fault_of_mode, marks_of
from ..changes.wording import fault_of_wording
from ..models import Claim, Statement
from .gates import Complaint


def warnings(becoming) -> Iterator[Complaint]:
    """Of claims and summaries that do not stand alone, and of modes that the marks in the articles speak against."""
    for planned in becoming:
        obj = planned.obj
        if isinstance(planned.document, Redirect):
            continue
        if isinstance(obj, Claim) and (fault := fault_of_wording(obj.text, language=obj.language)):
            yield Complaint(obj, f"“{obj}”: {fault}", "text")
        if isinstance(obj, Statement):
            if fault := fault_of_wording(obj.summary):
                yield Complaint(obj, f"“{obj}”: {fault}", "summary")
            marks = marks_of(obj)
            if doubt := fault_of_mode(obj.mode, marks) or doubt_of_mode(obj.mode, marks):
                yield Complaint(obj, f"“{obj}”: {doubt}", "mode")
