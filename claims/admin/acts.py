"""The six acts on the road to the public: what each is called, asks for, does and has done."""

from collections.abc import Callable
from dataclasses import dataclass

from .. import publishing
from ..models import Release


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act. `word` is what its word is called, `takes` what its verb is given: the word, and what was seen."""

    name: str
    label: str
    listed: str
    word: str
    does: str
    done: str
    verb: Callable
    takes: tuple[str, ...]
    required: bool = True
    by_reviewers: bool = True


READERS = "Public reason: readers will see it"
ACTS = {
    act.name: act
    for act in [
        Act(
            name="submit",
            label="Submit for review",
            listed="Submit for review",
            word="A word for the reviewer",
            does="It goes into the review queue. Readers see nothing new before a reviewer has published it.",
            done="submitted for review",
            verb=publishing.submit,
            takes=("note",),
            required=False,
            by_reviewers=False,
        ),
        Act(
            name="publish",
            label="Publish",
            listed="Publish…",
            word=READERS,
            does="Readers will see what stands below, and nothing else. Each version stays in the public history.",
            done="published",
            verb=publishing.publish,
            takes=("reason", "seen"),
        ),
        Act(
            name="approve",
            label="Approve for others to publish",
            listed="Approve…",
            word="A word for the history",
            does="You have looked at what others changed in what stands below: they may then publish it themselves. "
            "Readers see no change, and your own changes wait for somebody else.",
            done="approved",
            verb=publishing.approve,
            takes=("note", "seen"),
            required=False,
        ),
        Act(
            name="send-back",
            label="Send back with a word",
            listed="Send back…",
            word="A word for the editor: what is missing?",
            does="It leaves the review queue and stands among what was sent back, with your word. Readers see no "
            "change.",
            done="sent back",
            verb=publishing.send_back,
            takes=("note",),
        ),
        Act(
            name="withdraw",
            label="Withdraw from the public",
            listed="Withdraw…",
            word=READERS,
            does="Readers will no longer see it: its address says that it was withdrawn, and why. This can be undone.",
            done="withdrawn",
            verb=publishing.withdraw,
            takes=("reason",),
        ),
        Act(
            name="undo-withdrawal",
            label="Undo the withdrawal",
            listed="Undo the withdrawal…",
            word=READERS,
            does="Readers will see it again at its old address, with your reason.",
            done="published again",
            verb=publishing.undo_withdrawal,
            takes=("reason",),
        ),
    ]
}
# Which acts make sense from which state; the verbs have the last word.
OPEN_ACTS = {
    None: ["submit", "publish", "approve"],
    Release.State.DRAFT: ["submit", "publish", "approve"],
    Release.State.IN_REVIEW: ["publish", "approve", "send-back"],
    Release.State.SENT_BACK: ["submit"],
    Release.State.PUBLISHED: ["withdraw"],
    Release.State.WITHDRAWN: ["undo-withdrawal", "submit", "publish", "approve"],
}


def perform(act: Act, objects, *, by, word: str, seen: dict[str, int]) -> str:
    """Calls the verb of `act`; returns what was done, in a sentence. Raises `Refused`."""
    given = {"note": word, "reason": word, "seen": seen}
    act.verb(objects, by=by, **{name: given[name] for name in act.takes})
    what = f"“{objects[0]}” was" if len(objects) == 1 else f"{len(objects)} objects were"
    return f"{what} {act.done}."
