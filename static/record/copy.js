// Adds a button that copies to everything that is there to be copied. Without it, the text can be selected as it is.

if (navigator.clipboard) {
  const words = document.currentScript.dataset;
  for (const text of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "reuse__copy";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent.trim());
        button.textContent = words.copied;
      } catch {
        // The browser does not let us: the reader selects the text instead.
        getSelection().selectAllChildren(text);
      }
    });
    text.after(button);
  }
}
