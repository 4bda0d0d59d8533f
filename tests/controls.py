"""What a page's forms hold, read from the HTML itself: the values that a browser would show and post."""

from html.parser import HTMLParser


class Controls(HTMLParser):
    """The controls of a page by name: `values` of those that can be changed, `buttons` that post."""

    def __init__(self, page: str):
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.files: set[str] = set()
        self.buttons: list[str] = []
        self._textarea = self._select = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        name, kind = said.get("name", ""), said.get("type", "text")
        if "disabled" in said:
            return
        if (tag in ("input", "button") and kind == "submit") or (tag == "button" and "type" not in said):
            self.buttons.append(said.get("value") or name)
        elif tag == "input" and kind == "file":
            self.files.add(name)
        elif tag == "input" and (kind not in ("checkbox", "radio") or "checked" in said):
            self.values.setdefault(name, []).append(said.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self._textarea = name
            self.values.setdefault(name, []).append("")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in said:
            self.values.setdefault(self._select, []).append(said.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._textarea:
            self.values[self._textarea][-1] += data

    def holds(self, name: str, value) -> bool:
        """Whether a control has this value; a text area begins with a line end that is not part of it."""
        wanted = str(value).replace("\r\n", "\n").strip("\n")
        return any(one.replace("\r\n", "\n").strip("\n") == wanted for one in self.values.get(name, ()))
