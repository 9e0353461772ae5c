"use strict";
(() => {
  const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
  const STEP_S = 5;
  const BEFORE_S = 1;
  const clock = (seconds) => {
    const whole = Math.round(seconds);
    const minutes = Math.floor(whole / 60) % 60;
    const rest = String(whole % 60).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
  };

  class Take {
    constructor(article) {
      this.article = article;
      this.audio = article.querySelector("audio");
      this.player = article.querySelector(".player");
      this.places = [...article.querySelectorAll(".place")];
      this.starts = [];
      this.places.reduce((latest, place) => {
        const start = Math.max(latest, Number(place.dataset.start));
        this.starts.push(start);
        return start;
      }, 0);
      this.length = Number(article.dataset.length);
      this.cursor = 0;
      this.now = null;
      this.frame = 0;
      this.touched = -Infinity;
      this.bind();
    }

    bind() {
      this.audio.controls = false;
      this.player.hidden = false;
      this.article.classList.add("sounding");
      this.button = this.player.querySelector(".play");
      this.button.addEventListener("click", () => this.toggle());
      this.rate = this.player.querySelector(".rate");
      this.rate.addEventListener("click", () => this.faster(1, true));
      this.slider = this.player.querySelector(".seek");
      this.slider.addEventListener("input", () => this.seek(Number(this.slider.value)));
      this.time = this.player.querySelector(".time");
      this.heard = this.player.querySelector(".heard");
      this.places.forEach((place, index) => place.addEventListener("click", () => {
        if (getSelection().isCollapsed) this.from(index);
      }));
      for (const found of this.article.querySelectorAll("[data-seek]")) {
        found.addEventListener("click", () => this.playFrom(Number(found.dataset.seek) - BEFORE_S));
      }
      for (const event of ["play", "pause", "ended", "seeked", "timeupdate", "ratechange"]) {
        this.audio.addEventListener(event, () => this.show());
      }
      this.audio.addEventListener("play", () => {
        takes.forEach((other) => other === this || other.audio.pause());
        current = this;
        this.follow();
      });
      this.moveCursor(0, false);
    }

    play() {
      this.audio.play().catch((error) => {
        // It was paused before its first sound, or another take was played.
        if (error.name !== "AbortError") throw error;
      });
    }

    toggle() {
      if (this.audio.paused) this.play();
      else this.audio.pause();
    }

    seek(seconds) {
      this.audio.currentTime = Math.min(Math.max(seconds, 0), this.length);
      this.show();
    }

    playFrom(seconds) {
      this.seek(seconds);
      this.play();
    }

    from(index) {
      this.moveCursor(index, false);
      this.playFrom(Number(this.places[index].dataset.start));
    }

    faster(by, around) {
      const at = RATES.indexOf(this.audio.playbackRate) + by;
      const next = around ? (at + RATES.length) % RATES.length : Math.min(Math.max(at, 0), RATES.length - 1);
      this.audio.playbackRate = RATES[next];
    }

    mark(direction) {
      const marked = this.places.map((place, index) => index)
        .filter((index) => this.places[index].classList.contains("marked"));
      const next = direction > 0 ? marked.find((index) => index > this.cursor)
        : marked.reverse().find((index) => index < this.cursor);
      if (next === undefined) return;
      this.moveCursor(next, true);
      this.playFrom(Number(this.places[next].dataset.start) - BEFORE_S);
    }

    moveCursor(index, focus) {
      if (!this.places.length) return;
      const before = this.places[this.cursor];
      this.cursor = Math.min(Math.max(index, 0), this.places.length - 1);
      const place = this.places[this.cursor];
      if (place !== before) before.removeAttribute("tabindex");
      place.tabIndex = 0;
      if (focus) place.focus();
    }

    follow() {
      cancelAnimationFrame(this.frame);
      if (this.audio.paused) return;
      this.show();
      this.frame = requestAnimationFrame(() => this.follow());
    }

    placeAt(seconds) {
      let low = 0;
      let high = this.starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.starts[middle] <= seconds + 0.001) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    }

    show() {
      const at = this.audio.currentTime;
      const playing = !this.audio.paused;
      this.player.classList.toggle("playing", playing);
      this.button.setAttribute("aria-label", playing ? "Pause" : "Play");
      this.slider.value = at;
      this.slider.setAttribute("aria-valuetext", `${clock(at)} of ${clock(this.length)}`);
      this.time.textContent = `${clock(at)} / ${clock(this.length)}`;
      const share = this.length ? at / this.length : 0;
      this.heard.setAttribute("width", share * this.heard.ownerSVGElement.viewBox.baseVal.width);
      const speed = this.audio.playbackRate.toFixed(2).replace(/0$/, "");
      this.rate.textContent = `${speed}×`;
      this.rate.setAttribute("aria-label", `Speed, ${speed} times`);
      this.highlight(at > 0 || playing ? this.places[this.placeAt(at)] ?? null : null, playing);
    }

    highlight(place, playing) {
      if (place === this.now) return;
      this.now?.classList.remove("now");
      place?.classList.add("now");
      this.now = place;
      if (place && playing) this.keepInView(place);
    }

    keepInView(place) {
      const box = place.getBoundingClientRect();
      const bottom = innerHeight - this.player.offsetHeight - 8;
      const away = box.bottom < 0 || box.top > innerHeight;
      if (performance.now() - lastScroll < 4000 && away) return;
      if (box.top < 0 || box.bottom > bottom) place.scrollIntoView({ block: "center" });
    }
  }

  const takes = [...document.querySelectorAll("article.take")]
    .filter((article) => article.querySelector("audio"))
    .map((article) => new Take(article));
  let current = takes[0];
  let lastScroll = -Infinity;
  for (const event of ["wheel", "touchmove"]) {
    addEventListener(event, () => { lastScroll = performance.now(); }, { passive: true });
  }
  document.addEventListener("pointerdown", (event) => {
    const article = event.target.closest("article.take");
    current = takes.find((take) => take.article === article) ?? current;
  });
  document.addEventListener("focusin", (event) => {
    const article = event.target.closest("article.take");
    current = takes.find((take) => take.article === article) ?? current;
    const index = current?.places.indexOf(event.target) ?? -1;
    if (index >= 0) current.moveCursor(index, false);
  });

  const KEYS = {
    " ": (take) => take.toggle(),
    "Enter": (take) => take.from(take.cursor),
    "ArrowLeft": (take) => take.seek(take.audio.currentTime - STEP_S),
    "ArrowRight": (take) => take.seek(take.audio.currentTime + STEP_S),
    "]": (take) => take.mark(1),
    "[": (take) => take.mark(-1),
    "Control+ArrowRight": (take) => take.moveCursor(take.cursor + 1, true),
    "Control+ArrowLeft": (take) => take.moveCursor(take.cursor - 1, true),
    "<": (take) => take.faster(-1, false),
    ">": (take) => take.faster(1, false),
  };
  const useKeys = document.querySelector(".use-keys");
  document.addEventListener("keydown", (event) => {
    const action = KEYS[event.ctrlKey ? `Control+${event.key}` : event.key];
    if (!action || !current || !useKeys.checked) return;
    if (event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("textarea, input[type=text]")) return;
    const presses = event.key === " " || event.key === "Enter";
    if (presses && event.target.closest("button, summary, a, input[type=checkbox]")) return;
    if (event.key.startsWith("Arrow") && event.target.closest(".scroll")) return;
    event.preventDefault();
    action(current);
  });

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));
})();

(() => {
  const section = document.querySelector(".give-back");
  if (!section) return;
  const made = section.querySelector("#made");
  const said = section.querySelector(".done");
  const reader = section.querySelector("#reader");
  const oneLine = (text) => text.replace(/\s+/g, " ").trim();
  let given = "";

  class Answer {
    constructor(form) {
      this.form = form;
      this.take = form.dataset.take;
      const article = form.closest("article");
      this.places = [...article.querySelectorAll(".place")];
      this.comments = form.querySelector(".comments");
      this.button = form.querySelector(".comment");
      this.at = 0;
      form.hidden = false;
      if (!this.places.length) return;
      // With a sound the player moves this cursor; without one it is moved here.
      this.moves = !article.querySelector("audio");
      this.moveTo(0);
      this.button.addEventListener("click", () => this.comment());
      for (const event of ["click", "focusin"]) {
        article.addEventListener(event, (happened) => {
          const index = this.places.indexOf(happened.target.closest(".place"));
          if (index >= 0) this.moveTo(index);
        });
      }
      article.addEventListener("keydown", (event) => {
        if (!event.target.closest(".place") || event.altKey || event.metaKey) return;
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (event.key === "c" && !event.ctrlKey) this.comment();
        else if (this.moves && event.ctrlKey && step) this.moveTo(this.at + step, true);
        else return;
        event.preventDefault();
      });
    }

    wordOf(place) {
      const spoken = [...place.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE || node.matches("b"));
      return oneLine(spoken.map((node) => node.textContent).join("")) || oneLine(place.querySelector("i")?.textContent ?? "");
    }

    moveTo(index, focus) {
      const before = this.places[this.at];
      this.at = Math.min(Math.max(index, 0), this.places.length - 1);
      const place = this.places[this.at];
      // Without its tabindex, a word loses the focus.
      if (this.moves && place !== before) before.removeAttribute("tabindex");
      if (this.moves) place.tabIndex = 0;
      if (focus) place.focus();
      this.button.textContent = `Comment at “${this.wordOf(place)}”`;
    }

    comment() {
      const place = this.places[this.at];
      const seconds = Number(Number(place.dataset.start).toFixed(2));
      const word = this.wordOf(place);
      const item = document.createElement("li");
      const label = document.createElement("label");
      const text = document.createElement("textarea");
      const remove = document.createElement("button");
      text.id = `${this.form.getAttribute("aria-labelledby")}-${seconds}-${this.comments.childElementCount}-${performance.now()}`;
      Object.assign(text, { rows: 2, maxLength: 10000 });
      text.dataset.word = word;
      text.dataset.at = seconds;
      label.htmlFor = text.id;
      label.textContent = `At “${word}”`;
      remove.type = "button";
      remove.textContent = "Remove";
      remove.setAttribute("aria-label", `Remove the comment at ${word}`);
      remove.addEventListener("click", () => {
        item.remove();
        this.button.focus();
        show();
      });
      item.append(label, text, remove);
      this.comments.append(item);
      text.focus();
    }

    write() {
      const lines = [];
      for (const box of this.form.querySelectorAll("textarea")) {
        const text = box.value.trim();
        if (!text) continue;
        lines.push(box.dataset.question === undefined
          ? `word at ${box.dataset.at}: ${box.dataset.word}` : `question: ${box.dataset.question}`);
        lines.push(...text.split(/\r\n|\r|\n/).map((line) => `  ${line}`));
      }
      return lines.length ? [`take: ${this.take}`, ...lines] : [];
    }
  }

  const answers = [...document.querySelectorAll(".answer")].map((form) => new Answer(form));

  const write = () => {
    const lines = answers.flatMap((answer) => answer.write());
    if (!lines.length) return "";
    return ["--- practice feedback 1 ---", `from: ${oneLine(reader.value)}`, ...lines, "--- end ---", ""].join("\n");
  };

  const show = () => {
    made.value = write();
    said.textContent = "";
  };

  const isEmpty = () => {
    if (!made.value) said.textContent = "There is nothing to give back yet.";
    return !made.value;
  };

  section.querySelector(".copy").addEventListener("click", () => {
    if (isEmpty()) return;
    // The old way: it works in a page that was opened from a file, in every browser.
    made.select();
    if (document.execCommand("copy")) {
      given = made.value;
      said.textContent = "Copied. Paste it into a message.";
    } else {
      said.textContent = "This browser does not let a page copy. It is marked below: copy it yourself.";
    }
  });

  section.querySelector(".save").addEventListener("click", () => {
    if (isEmpty()) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([made.value], { type: "text/plain;charset=utf-8" }));
    link.download = `feedback-${answers[0].take}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    given = made.value;
    said.textContent = `Saved as ${link.download}.`;
  });

  document.addEventListener("input", show);
  addEventListener("beforeunload", (event) => {
    if (made.value !== given) event.preventDefault();
  });
  section.hidden = false;
})();
