"""Firefox without a window, told what to do by its own protocol (Marionette): saves pages and prints them.

    python benchmarks/firefox.py FOLDER PAGE.html…

Each page is saved into FOLDER as "Save page as… Web page, complete" saves it, and printed as a PDF.
"""

import base64
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PORT = 2828
# What the dialogue for saving does with the document that is shown.
SAVE = """
const [path, folder, done] = arguments;
const file = name => { const made = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
                       made.initWithPath(name); return made; };
gBrowser.selectedBrowser.frameLoader.startPersistence(null, {
  onDocumentReady(shown) {
    const saving = Cc["@mozilla.org/embedding/browser/nsWebBrowserPersist;1"].createInstance(Ci.nsIWebBrowserPersist);
    saving.persistFlags = Ci.nsIWebBrowserPersist.PERSIST_FLAGS_REPLACE_EXISTING_FILES;
    saving.progressListener = {
      onStateChange(all, request, flags) {
        const { STATE_STOP, STATE_IS_NETWORK } = Ci.nsIWebProgressListener;
        if (flags & STATE_STOP && flags & STATE_IS_NETWORK) done("");
      },
      onProgressChange() {}, onLocationChange() {}, onStatusChange() {}, onSecurityChange() {},
      onContentBlockingEvent() {},
    };
    saving.saveDocument(shown, Services.io.newFileURI(file(path)), file(folder), "text/html", 0, 80);
  },
  onError(why) { done(String(why)); },
});
"""


class Firefox:
    """A running Firefox; a context manager."""

    def __enter__(self) -> "Firefox":
        self.profile = tempfile.mkdtemp()
        command = [
            "firefox-esr",
            "--headless",
            "--marionette",
            "--remote-allow-system-access",
            "--profile",
            self.profile,
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(240):
            try:
                self.socket = socket.create_connection(("127.0.0.1", PORT), timeout=120)
                break
            except OSError:
                time.sleep(0.5)
        else:
            raise SystemExit("Firefox does not answer.")
        self.sent = 0
        self._receive()
        self.ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(60)
        shutil.rmtree(self.profile, ignore_errors=True)

    def ask(self, command: str, values: dict[str, Any]) -> Any:
        self.sent += 1
        message = json.dumps([0, self.sent, command, values])
        self.socket.sendall(f"{len(message)}:{message}".encode())
        _, _, error, found = self._receive()
        if error:
            raise SystemExit(f"{command}: {error}")
        return found

    def _receive(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self.socket.recv(1)
        data = b""
        while len(data) < int(size[:-1]):
            data += self.socket.recv(1 << 16)
        return json.loads(data)

    def save(self, page: str, path: Path) -> None:
        """The page at an address as a file, with the folder of its pictures beside it, and as a PDF."""
        self.ask("WebDriver:Navigate", {"url": page})
        path.with_suffix(".pdf").write_bytes(base64.b64decode(self.ask("WebDriver:Print", {})["value"]))
        self.ask("Marionette:SetContext", {"value": "chrome"})
        folder = str(path.with_suffix("")) + "_files"
        script = {"script": SAVE, "args": [str(path), folder], "newSandbox": False, "scriptTimeout": 60_000}
        if why := self.ask("WebDriver:ExecuteAsyncScript", script)["value"]:
            raise SystemExit(f"not saved: {why}")
        self.ask("Marionette:SetContext", {"value": "content"})
        shutil.rmtree(folder, ignore_errors=True)


def main(folder: Path, pages: list[Path]) -> None:
    with Firefox() as firefox:
        for page in pages:
            firefox.save(page.resolve().as_uri(), folder / f"firefox-{page.stem}.html")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), [Path(page) for page in sys.argv[2:]])
