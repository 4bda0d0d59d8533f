/* The text of the workspace as words: what is selected, and moving through it by word and sentence without a mouse.
   The page holds the text of the capture, whole and in order, in the elements [data-paragraph]. Positions here are those of
   this page alone and never leave it: what is sent are words, with which occurrence of them in the text is meant, and with
   what stands before and after them. */
"use strict";

const Workspace = window.Workspace || (window.Workspace = {});

(() => {
  const CONTEXT = 64; // characters before and after that are sent along
  const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

  class Words {
    constructor(root) {
      this.root = root;
      this.nodes = [];
      this.text = "";
      for (const element of root.querySelectorAll("[data-paragraph]")) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          this.nodes.push({ node: walker.currentNode, start: this.text.length });
          this.text += walker.currentNode.data;
        }
      }
      this.anchor = this.focus = null; // two words, each [start, end]: where selecting began, and where it is now
      const language = root.querySelector("[data-paragraph]")?.lang || "en";
      this.words = segments(this.text, language, "word", (segment) => segment.isWordLike);
      this.sentences = segments(this.text, language, "sentence", ({ segment }) => segment.trim() !== "");
    }

    /* Where a point of a range stands; one outside the words counts as the nearest edge of them. */
    position(container, offset) {
      const point = document.createRange();
      point.setStart(container, offset);
      let position = 0;
      for (const { node, start } of this.nodes) {
        if (node === container) return start + offset;
        const after = document.createRange();
        after.selectNodeContents(node);
        if (point.compareBoundaryPoints(Range.START_TO_START, after) <= 0) return position;
        position = start + node.length;
      }
      return position;
    }

    /* [start, end] of what is selected in the text, without white space around it; null if nothing is. */
    selected() {
      const selection = getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      if (!range.intersectsNode(this.root)) return null;
      let start = this.position(range.startContainer, range.startOffset);
      let end = this.position(range.endContainer, range.endOffset);
      while (start < end && /\s/.test(this.text[start])) start++;
      while (start < end && /\s/.test(this.text[end - 1])) end--;
      return start < end ? [this.snapToCharacter(start, 0), this.snapToCharacter(end, 1)] : null;
    }

    /* `position`, or the next one towards `by` (0 is back) where it would cut a character in two. */
    snapToCharacter(position, by) {
      const cut = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(this.text.slice(Math.max(0, position - 1), position + 1));
      return cut ? position + (by || -1) : position;
    }

    /* A span grown to whole words where it begins or ends within one; scripts without spaces are left as they are. */
    wholeWords([start, end]) {
      const within = (position) =>
        this.words.find(
          ([from, to]) => from < position && position < to && !UNSPACED.test(this.text.slice(from, to)),
        );
      return [(within(start) || [start])[0], (within(end) || [0, end])[1]];
    }

    /* What is sent for a span: its words and what stands around them. */
    quote([start, end]) {
      const exact = this.text.slice(start, end);
      return {
        exact,
        prefix: this.text.slice(this.snapToCharacter(Math.max(0, start - CONTEXT), 1), start),
        suffix: this.text.slice(end, this.snapToCharacter(Math.min(this.text.length, end + CONTEXT), 0)),
        occurrence: this.occurrence(exact, start),
      };
    }

    /* Which of the places at which these words stand begins at `start`: the first is 1. */
    occurrence(exact, start) {
      let count = 1;
      for (let at = this.text.indexOf(exact); at >= 0 && at < start; at = this.text.indexOf(exact, at + 1)) count++;
      return count;
    }

    /* The span of the place at which these words stand for the `occurrence`th time; null if they do not. */
    find(exact, occurrence) {
      let at = this.text.indexOf(exact);
      for (let count = 1; at >= 0 && count < occurrence; count++) at = this.text.indexOf(exact, at + 1);
      return at < 0 ? null : [at, at + exact.length];
    }

    select([start, end]) {
      const range = document.createRange();
      const [first, from] = this.pointAt(start, false);
      const [last, to] = this.pointAt(end, true);
      if (!first || !last) return;
      range.setStart(first, from);
      range.setEnd(last, to);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      Workspace.reveal(range.getBoundingClientRect(), this.root);
    }

    pointAt(position, closing) {
      for (const { node, start } of this.nodes) {
        const end = start + node.length;
        if (position < end || (closing && position === end)) return [node, position - start];
      }
      const last = this.nodes[this.nodes.length - 1];
      return last ? [last.node, last.node.length] : [null, 0];
    }

    /* The span of all pieces marked with `key`. */
    spanOf(key) {
      const pieces = [...this.root.querySelectorAll(`mark[data-marks~="${CSS.escape(key)}"]`)];
      const inside = this.nodes.filter(({ node }) => pieces.some((piece) => piece.contains(node)));
      if (!inside.length) return null;
      const last = inside[inside.length - 1];
      return [inside[0].start, last.start + last.node.length];
    }

    /* Moves by one "word" or "sentence", forward (1) or back (-1). What is reached is selected whole; `extending`
       keeps the other end where selecting began. */
    move(unit, direction, extending) {
      const units = unit === "word" ? this.words : this.sentences;
      if (!units.length) return;
      const now = this.selected();
      const unchanged = now && this.anchor && this.isOwnSelection(now);
      if (now && !unchanged) {
        this.anchor = now;
        this.focus = now;
      }
      let next;
      if (!now) {
        next = this.last ? nearest(units, this.last) : units[0];
      } else {
        next = step(units, this.focus, direction, extending, this.anchor);
      }
      if (!next) return;
      if (!extending || !this.anchor || !now) this.anchor = next;
      this.focus = next;
      this.last = next[0];
      const { anchor, focus } = this;
      this.select([Math.min(anchor[0], focus[0]), Math.max(anchor[1], focus[1])]);
    }

    /* Whether what is selected is what moving has selected last. */
    isOwnSelection(now) {
      const start = Math.min(this.anchor[0], this.focus[0]);
      const end = Math.max(this.anchor[1], this.focus[1]);
      return Math.abs(now[0] - start) <= 1 && Math.abs(now[1] - end) <= 1;
    }
  }

  function segments(text, language, granularity, wanted) {
    const spans = [];
    for (const piece of new Intl.Segmenter(language, { granularity }).segment(text)) {
      if (!wanted(piece)) continue;
      const start = piece.index + piece.segment.length - piece.segment.trimStart().length;
      spans.push([start, piece.index + piece.segment.trimEnd().length]);
    }
    return spans;
  }

  function nearest(units, position) {
    return units.find(([, end]) => end > position) || units[units.length - 1];
  }

  function step(units, focus, direction, extending, anchor) {
    if (direction > 0) return units.find(([start, end]) => (extending ? end > focus[1] : start >= focus[1]));
    const before = units.filter(([start]) => start < focus[0]);
    const next = before[before.length - 1];
    // Selecting less, back towards where it began, does not go beyond it.
    return extending && next && anchor && focus[0] > anchor[0] && next[0] < anchor[0] ? anchor : next;
  }

  /* Scrolls `box`, the text alone and not the page, until `rectangle` can be seen in it. */
  Workspace.reveal = (rectangle, box) => {
    const view = box.getBoundingClientRect();
    const margin = Math.min(60, view.height / 4);
    const above = rectangle.top - (Math.max(view.top, 0) + margin);
    const below = rectangle.bottom - (Math.min(view.bottom, innerHeight) - margin);
    const by = above < 0 || rectangle.height > view.height - 2 * margin ? above : Math.max(below, 0);
    if (box.scrollHeight > box.clientHeight + 1) box.scrollTop += by;
    else if (by) scrollBy(0, by);
  };

  Workspace.Words = Words;
})();
