"use strict";
/*
 * The explorer page: where the reader is, what is drawn of it. The model (WebAssembly) decides what
 * happens; nothing here knows a rule of TCP.
 *
 * A place is { initial, fork, branch, at }: the world it began with, after how many recorded events
 * the recorded path was left (null: it was not), the moves chosen since, and how many steps of this
 * path are taken. All texts are put on the page as text nodes: no text is ever markup.
 */
(() => {

/* ---- elements ------------------------------------------------------------------------------ */

const SVG = "http://www.w3.org/2000/svg";
const by = (id) => document.getElementById(id);

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};
const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
const show = (node, ...children) => { node.textContent = ""; fill(node, {}, children); };

const LETTER = ["A", "B"];
const host = (index) => h("span", { class: "host-name " + "ab"[index] }, LETTER[index]);
const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

/* ---- the model ----------------------------------------------------------------------------- */

const bytesOf = (base64) => Uint8Array.from(atob(base64.trim()), (octet) => octet.charCodeAt(0));

class Model {
  static CAPACITY = 8 << 20; /* SP_PAGE_BUFFER */

  constructor(exports) {
    this.wasm = exports;
    this.decoder = new TextDecoder();
  }

  memory(size) {
    return new Uint8Array(this.wasm.memory.buffer, this.wasm.sp_page_buffer(), size);
  }

  text(size) {
    return this.decoder.decode(this.memory(size));
  }

  /* The head of the run, or a complaint as an Error. */
  load(octets, bytes) {
    if (octets.length > Model.CAPACITY) throw new Error(`the script has ${octets.length} octets; ${Model.CAPACITY} is the most`);
    this.memory(octets.length).set(octets);
    const good = this.wasm.sp_page_load(octets.length, bytes ? 1 : 0);
    const all = this.memory(Model.CAPACITY);
    const answer = JSON.parse(this.text(all.indexOf(0)));
    if (!good) throw new Error(`line ${answer.line}: ${answer.text}`);
    this.begin(0);
    return answer;
  }

  begin(initial) {
    this.wasm.sp_page_begin(initial);
    this.initial = initial;
    this.recorded = 0;
    this.moves = [];
  }

  /* Goes to the place, from where the model is if that lies on the way. each: after every step. */
  go(initial, recorded, moves, each = () => {}) {
    const onTheWay = this.initial === initial &&
      (this.moves.length === 0 ? this.recorded <= recorded : this.recorded === recorded) &&
      this.moves.length <= moves.length && this.moves.every((move, i) => move === moves[i]);
    if (!onTheWay) this.begin(initial);
    for (; this.recorded < recorded; this.recorded++, each()) {
      if (!this.wasm.sp_page_record()) throw new RangeError(`there is no recorded step ${this.recorded + 1}`);
    }
    for (let i = this.moves.length; i < moves.length; i++, each()) {
      if (!this.wasm.sp_page_move(moves[i])) {
        const there = this.state().moves.length;
        const valid = there === 0 ? "none is enabled" : `0 to ${there - 1} are`;
        throw Object.assign(new RangeError(`action ${moves[i]} is not enabled after step ${recorded + i}: ${valid}`), { taken: i });
      }
      this.moves.push(moves[i]);
    }
  }

  row() { return JSON.parse(this.text(this.wasm.sp_page_row())); }
  state() { return JSON.parse(this.text(this.wasm.sp_page_state())); }
  script() { return this.text(this.wasm.sp_page_script()); }
}

/* ---- the place and its address ------------------------------------------------------------- */

const run = JSON.parse(by("run-data").textContent);
let model, head, state;
let rows = [];     /* of the recorded path, from 0 */
let branchRows = [];
let notes = { story: "", steps: [] };
const place = { initial: 0, fork: null, branch: [], at: 0 };

const length = () => (place.fork === null ? head.events : place.fork + place.branch.length);
const left = () => place.fork !== null && place.at > place.fork; /* off the recorded path */
const recordedTaken = () => (place.fork === null ? place.at : Math.min(place.at, place.fork));
const movesTaken = () => place.branch.slice(0, place.at - recordedTaken());
const rowAt = (i) => (place.fork === null || i <= place.fork ? rows[i] : branchRows[i - place.fork - 1]);

/* "1:3.0.12": the world it began with (unless 0), recorded steps, then actions. */
const fragment = () =>
  (place.initial === 0 ? "" : place.initial + ":") + [recordedTaken(), ...movesTaken()].join(".");

/* Returns a place, or an Error that says what is wrong. */
const readFragment = (text) => {
  const form = /^(?:(\d{1,9}):)?(\d{1,9})((?:\.\d{1,9})*)$/.exec(text);
  if (!form) return new Error("it is no number of a step with numbers of actions behind it, as 3 or 3.0.12");
  const initial = Number(form[1] ?? 0);
  const fork = Number(form[2]);
  const branch = form[3] === "" ? [] : form[3].slice(1).split(".").map(Number);
  if (initial >= head.initials.length) return new Error(`there is no beginning ${initial}: there are ${head.initials.length}, from 0`);
  if (initial !== 0 && head.events > 0) return new Error("a recorded run has one beginning");
  if (fork > head.events) return new Error(`there is no step ${fork}: the recorded run has ${head.events}`);
  return { initial, fork: branch.length === 0 ? null : fork, branch, at: fork + branch.length };
};

const complain = (text) => show(by("alert"), text);
const quote = (text) => (text.length > 80 ? text.slice(0, 80) + "…" : text);

/* A path that cannot be gone to its end is gone as far as it can. */
const goTo = (wanted) => {
  Object.assign(place, wanted);
  branchRows = [];
  try {
    model.go(place.initial, recordedTaken(), movesTaken());
  } catch (error) {
    place.branch = place.branch.slice(0, error.taken ?? 0);
    place.fork = place.branch.length === 0 ? null : place.fork;
    place.at = (wanted.fork ?? 0) + place.branch.length;
    complain(`The address #${quote(location.hash.slice(1))} cannot be followed to its end: ${error.message}. This is how far it leads.`);
  }
  fillBranch();
};

/* Rows of the branch: gone once more, because the model only knows where it is. */
const fillBranch = () => {
  if (place.fork === null) { branchRows = []; return; }
  model.go(place.initial, place.fork, []);
  branchRows = [];
  model.go(place.initial, place.fork, place.branch, () => branchRows.push(model.row()));
};

const fromAddress = () => {
  let text = location.hash.slice(1);
  try { text = decodeURIComponent(text); } catch { /* as it stands */ }
  if (text === "") return false;
  const wanted = readFragment(text);
  if (wanted instanceof Error) {
    complain(`The address ends in #${quote(text)}, which names no place of this run: ${wanted.message}. This is where the page begins.`);
    return false;
  }
  show(by("alert"));
  goTo(wanted);
  return true;
};

/* Where a page opens: at the first violation, or at the beginning. */
const opening = () => {
  const broken = rows.findIndex((row) => row.broken?.length > 0);
  return { initial: 0, fork: null, branch: [], at: Math.max(broken, 0) };
};

/* ---- moving -------------------------------------------------------------------------------- */

const step = (to) => {
  place.at = Math.max(0, Math.min(to, length()));
  show(by("alert"));
  draw();
};

const rejoin = () => {
  if (place.fork === null) return;
  Object.assign(place, { at: Math.min(place.at, place.fork), fork: null, branch: [] });
  branchRows = [];
  draw();
};

const choose = (index) => {
  const move = state.moves[index];
  if (!move) {
    say(`There is no action ${index} here.`);
    return;
  }
  const at = place.at;
  if (place.fork === null ? move.recorded : at > place.fork || at === place.fork ? place.branch[at - place.fork] === index : false) {
    step(at + 1);
  } else if (move.recorded) {
    Object.assign(place, { fork: null, branch: [] });
    branchRows = [];
    step(at + 1);
  } else {
    if (place.fork === null || at < place.fork) Object.assign(place, { fork: at, branch: [] });
    place.branch = place.branch.slice(0, at - place.fork).concat(index);
    branchRows = branchRows.slice(0, at - place.fork);
    model.go(place.initial, place.fork, place.branch);
    branchRows.push(model.row());
    step(at + 1);
  }
};

/* ---- words --------------------------------------------------------------------------------- */

const RFC_FIELD = /^(snd|rcv)_(una|nxt|wnd|up|wl1|wl2)$/;
const fieldName = (name) => {
  if (RFC_FIELD.test(name)) return name.toUpperCase().replace("_", ".");
  return name === "iss" || name === "irs" ? name.toUpperCase() : name;
};

/* What an action is, for a row or a button: [who, text, segment]. */
const wordsOf = (x) => {
  const name = (x.serial ? `#${x.serial} ` : "") + x.segment;
  const from = x.sender ?? x.host;
  const words = x.action.split(" ");
  switch (x.kind) {
    case "call": return { who: x.host, text: x.event + words.slice(words[1] === "open" ? 3 : 2).map((word) => " " + word).join("") };
    case "timer": return { who: x.host, text: x.event.toLowerCase().replace("ack", "ACK").replace("time-wait", "TIME-WAIT") };
    case "deliver": return { from, arrow: true, text: "arrives", segment: name };
    case "duplicate": return { from, arrow: true, text: "arrives, and a copy stays", segment: name };
    case "lose": return { from, lost: true, text: "is lost", segment: name };
    case "inject": return x.serial ? { from, arrow: true, text: "arrives, as it was really sent", segment: name } : { from, foreign: true, arrow: true, text: "comes from the network", segment: name };
    case "vanish": return { from, lost: true, text: "was sent and is lost", segment: name };
    case "tick": return { text: "the timestamp clock ticks" };
    case "crash": return { who: x.host, text: "crashes: its TCB is gone, and nobody is told" };
    default: return { text: x.action };
  }
};

const serialOf = (x) => ({ ...x, serial: x.serial || Number(/^(?:deliver|duplicate|lose) (\d+)$/.exec(x.action)?.[1] ?? 0) });

const arrowOf = (w) => {
  if (w.from === undefined) return null;
  const text = w.lost ? `${LETTER[w.from]} ──✕` : `${w.foreign ? "net" : LETTER[w.from]} ─▶ ${LETTER[1 - w.from]}`;
  return h("span", { class: "arrow" }, text, " ");
};

/* The two reasons of sp_world_act. */
const whyImpossible = (x) => (x.kind === "call" ? "no incarnation is left" : "not in flight");

/* One line of plain text, for titles and the voice. */
const plain = (x) => {
  if (!x.begun && x.begun !== undefined) return "the beginning";
  const w = wordsOf(serialOf(x));
  if (x.possible === false) return `${x.action}: ${whyImpossible(x)}, nothing happens`;
  if (w.from !== undefined) {
    const way = w.lost ? `from ${LETTER[w.from]}` : `at ${LETTER[1 - w.from]}`;
    return `${w.segment} ${w.text} ${w.lost ? "" : way}`.trim() + (w.lost ? ` (${way})` : "");
  }
  return (w.who === undefined ? "" : LETTER[w.who] + ": ") + w.text;
};

const say = (text) => { by("say").textContent = text; };

/* ---- the step ------------------------------------------------------------------------------ */

const drawViolations = () => state.violations.map((v) =>
  h("div", { class: "violation" },
    h("h3", {}, `✗ violates ${v.id} ${v.name}`),
    h("p", {}, h("b", {}, `RFC ${v.section}: `), v.sentence),
    h("p", { class: "mono" }, v.claim),
    h("p", { class: "muted mono" }, "signature ", v.signature)));

const drawRules = () => (state.rules ?? []).map((rule) =>
  h("div", { class: "rule" },
    h("span", { class: "where" }, `RFC ${rule.section}`), " ", rule.text, " ",
    h("code", {}, rule.name, rule.ids === "" ? "" : ` (${rule.ids})`)));

const changesOf = () => (state.changes ?? []).filter((line) => line !== "nothing").map((line) => {
  const [, name, old, now] = /^(\S+) (.*) -> (.*)$/.exec(line) ?? [null, line, "", ""];
  return { name, old, now };
});

/* Of a set of words, which came and which went. */
const changeOf = ({ name, old, now }) => {
  if (name !== "flags" && name !== "timers") return `${old} → ${now}`;
  const words = (text) => (text === "none" ? [] : text.split(","));
  const came = words(now).filter((word) => !words(old).includes(word)), went = words(old).filter((word) => !words(now).includes(word));
  return [...came.map((word) => `+${word}`), ...went.map((word) => `−${word}`)].join(" ");
};

const drawTold = () => {
  const told = [...(state.signals ?? [])];
  if (state.delivered > 0) told.unshift(`${count(state.delivered, "octet")} delivered`);
  if (state.reply && state.reply !== "ok") told.unshift(state.reply);
  return told.length === 0 ? null : [h("h3", {}, `The user of ${LETTER[state.host]} is told`), h("p", {}, told.join(" · "))];
};

const drawSent = () => (state.sent?.length ? [h("h3", {}, `${LETTER[state.host]} sends`),
  h("ul", {}, state.sent.map((one) => h("li", { class: "segment" }, `#${one.serial} ${one.text}`,
    one.overflow ? " — lost: the network is full" : "")))] : null);

const drawNow = () => {
  const tag = !state.begun ? null : h("span", { class: "tag" }, left() ? "your choice" : "recorded");
  show(by("now-head"), place.at === 0 ? "The beginning" : `Step ${place.at}: ${plain(state)}`, " ", tag);
  const moved = state.acted && state.before !== state.after;
  const changes = changesOf();
  const note = left() ? "" : notes.steps[place.at - 1] ?? "";
  show(by("now-body"),
    note === "" ? null : h("p", { class: "muted" }, "Note in the script: ", note),
    !state.begun ? h("p", {}, "Nothing has happened yet: both ends are CLOSED. " +
      (head.events === 0 ? "Choose what happens." : "Step forward, or choose what happens.")) : null,
    state.acted ? h("p", { class: "move-line" }, host(state.host), " ", moved ? h("b", {}, `${state.before} → ${state.after}`)
      : `stays ${state.after}`) : null,
    drawViolations(), drawRules(), drawSent(), drawTold(),
    changes.length === 0 ? null : [h("h3", {}, `Changed at ${LETTER[state.host]}`),
      h("ul", { class: "changes" }, changes.map((c) => h("li", {}, h("b", {}, fieldName(c.name)), " ", changeOf(c))))],
    state.witnesses.length === 0 ? null : [h("h3", {}, "Seen here"),
      h("ul", {}, state.witnesses.map((text) => h("li", { class: "seen" }, "✓ ", text)))]);
};

/* ---- what may happen next ------------------------------------------------------------------ */

const drawMove = (move, index) => {
  const w = wordsOf(serialOf(move));
  const what = w.from === undefined
    ? h("span", { class: "what" }, w.who === undefined ? null : [host(w.who), " "], w.text)
    : h("span", { class: "what" }, arrowOf(w), w.text, h("span", { class: "segment" }, w.segment));
  return h("li", {}, h("button", { type: "button", class: move.recorded ? "recorded" : null, "data-move": index, onclick: () => choose(index) },
    h("kbd", {}, String(index)), what, move.recorded ? h("span", { class: "tag" }, "recorded next") : null));
};

const whyNothing = () => {
  const more = place.fork === null && place.at < head.events;
  const reason = state.truncated
    ? "a timer runs, but the bounds have no firing of it left: this is where the bounds end, not TCP."
    : state.owes ? "nothing will ever happen, and yet TCP owes something." : "everything is over, and nothing is owed.";
  return h("p", { class: "none" }, "Nothing is enabled: ", reason,
    " Actions come from the bounds of this run; below is what each lacks.",
    more ? " The recorded run goes on by what the bounds do not offer: step forward." : "");
};

let openClosed = null; /* what the reader did with the details, once he did */

const drawNext = () => {
  const next = place.fork === null ? rows[place.at + 1] : null;
  const offered = state.moves.some((move) => move.recorded);
  const details = h("details", { class: "closed" },
    h("summary", {}, `Not possible now, and why (${state.closed.length})`),
    h("ul", {}, state.closed.map((one) => h("li", {},
      h("button", { type: "button", "aria-disabled": "true", onclick: () => say(`${one.of} ${one.what}: ${one.why}`) },
        one.of === "network" ? one.what : `${one.of}: ${one.what}`),
      h("span", {}, one.why)))));
  details.open = openClosed ?? state.moves.length === 0;
  details.addEventListener("toggle", () => { openClosed = details.open === (state.moves.length === 0) ? null : details.open; });
  show(by("next-body"),
    state.moves.length === 0 ? whyNothing() : h("ol", { class: "moves" }, state.moves.map(drawMove)),
    next && !offered && state.moves.length > 0
      ? h("p", { class: "muted" }, "The recorded step that follows is not among these: the bounds do not offer it. Forward takes it.") : null,
    details);
};

/* ---- the list of steps --------------------------------------------------------------------- */

const ROWS_AROUND = 400; /* of a long run, so many steps on each side of the place are listed */

const drawRow = (row, index) => {
  const w = row.begun ? wordsOf(row) : { text: "the beginning" };
  const was = index === 0 ? row : rowAt(index - 1);
  const states = LETTER.map((letter, i) => h("span", { class: row["ab"[i]] === was["ab"[i]] ? null : "moved" }, `${letter} ${row["ab"[i]]}`));
  return h("li", {}, h("button", { type: "button", "data-row": index, onclick: () => step(index), "aria-current": index === place.at ? "step" : null },
    h("span", { class: "number" }, String(index)),
    h("span", { class: "what" }, row.possible === false ? null : arrowOf(w), w.who === undefined ? null : [host(w.who), " "],
      row.possible === false ? `${row.action}: ${whyImpossible(row)}` : w.segment === undefined ? w.text : [h("span", { class: "segment" }, w.segment),
        w.lost || row.kind === "deliver" || (row.kind === "inject" && row.serial) ? "" : ` (${w.text})`],
      row.broken?.length ? h("span", { class: "broken" }, ` ✗ ${row.broken.join(" ")}`) : null),
    h("span", { class: "states" }, states)));
};

let drawn = ""; /* which rows are listed */

const drawRows = () => {
  const total = length();
  const from = total > 2 * ROWS_AROUND ? Math.max(0, place.at - ROWS_AROUND) : 0;
  const to = total > 2 * ROWS_AROUND ? Math.min(total, place.at + ROWS_AROUND) : total;
  const wanted = [place.initial, place.fork, place.branch.join("."), from, to].join("/");
  const box = by("rows");
  if (wanted !== drawn) {
    const items = [];
    for (let i = from; i <= to; i++) {
      items.push(drawRow(rowAt(i), i));
      if (i === place.fork) items.push(h("li", { class: "fork" }, "here the recorded path was left"));
    }
    show(box, from > 0 ? h("p", { class: "muted" }, `${count(from, "earlier step")}`) : null, h("ol", {}, items),
      to < total ? h("p", { class: "muted" }, `${count(total - to, "later step")}`) : null);
    drawn = wanted;
  }
  box.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const current = box.querySelector(`[data-row="${place.at}"]`);
  current?.setAttribute("aria-current", "step");
  if (current) {
    const top = current.offsetTop - box.offsetTop;
    if (top < box.scrollTop || top + current.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 3;
  }
};

/* ---- sequence space ------------------------------------------------------------------------ */

const patterns = () => s("defs", {},
  s("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { width: 6, height: 6, fill: "var(--mark)" }), s("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: "var(--text)", "stroke-width": 2 })),
  s("pattern", { id: "dots", width: 6, height: 6, patternUnits: "userSpaceOnUse" },
    s("rect", { width: 6, height: 6, fill: "var(--mark)" }), s("circle", { cx: 3, cy: 3, r: 1.5, fill: "var(--text)" })),
  s("pattern", { id: "cross", width: 7, height: 7, patternUnits: "userSpaceOnUse" },
    s("rect", { width: 7, height: 7, fill: "var(--soft)" }), s("path", { d: "M0 0L7 7M7 0L0 7", stroke: "var(--muted)" })));

/* Labels [x, text] from left to right, each on the first level where it touches no other. */
const placeLabels = (labels, width) => {
  const ends = [];
  const placed = labels.map(([x, text]) => {
    const half = 4.1 * text.length + 2;
    const middle = Math.max(half, Math.min(width - half, x));
    let level = ends.findIndex((end) => end <= middle - half);
    if (level < 0) level = ends.length;
    ends[level] = middle + half;
    return { x, text, middle, level };
  });
  return { labels: placed, levels: Math.max(1, ends.length) };
};

/* points: [number, name]; zoneOf(middle) -> [class, words] or null. Distances are drawn by their logarithm. */
const drawSpace = (title, points, zoneOf) => {
  const at = new Map();
  for (const [number, name] of points) {
    if (!at.has(number)) at.set(number, []);
    if (name !== "") at.get(number).push(name);
  }
  const numbers = [...at.keys()].sort((x, y) => x - y);
  const gaps = numbers.slice(1).map((number, i) => 1 + Math.log2(number - numbers[i]) / 3);
  const sum = gaps.reduce((x, y) => x + y, 0) || 1;
  const WIDTH = 330, EDGE = 14;
  const x = new Map();
  let position = EDGE;
  numbers.forEach((number, i) => { x.set(number, position); position += (gaps[i] ?? 0) / sum * (WIDTH - 2 * EDGE); });
  const above = placeLabels(numbers.filter((n) => at.get(n).length > 0).map((n) => [x.get(n), at.get(n).join(" = ")]), WIDTH);
  const below = placeLabels(numbers.map((n) => [x.get(n), String(n)]), WIDTH);
  const TOP = 13 * above.levels + 3, END = TOP + 22;
  const zones = [], legend = new Map();
  numbers.slice(1).forEach((number, i) => {
    const zone = zoneOf((number + numbers[i]) / 2);
    if (!zone) return;
    zones.push(s("rect", { class: "zone " + zone[0], x: x.get(numbers[i]), y: TOP, width: x.get(number) - x.get(numbers[i]), height: 22 }));
    if (!legend.has(zone[1])) legend.set(zone[1], [zone[0], []]);
    const ranges = legend.get(zone[1])[1];
    if (ranges.length > 0 && ranges.at(-1)[1] === numbers[i]) ranges.at(-1)[1] = number;
    else ranges.push([numbers[i], number]);
  });
  const label = (one, y) => s("text", { x: one.middle, y, "text-anchor": "middle", "font-size": 10.5 }, one.text);
  const ticks = [
    above.labels.map((one) => [label(one, TOP - 4 - 13 * one.level),
      s("line", { x1: one.x, x2: one.x, y1: TOP - 3 - 13 * one.level, y2: END, class: "tick" })]),
    below.labels.map((one) => [label(one, END + 14 + 12 * one.level),
      s("line", { x1: one.x, x2: one.x, y1: TOP, y2: END + 4 + 12 * one.level, class: "tick" })])];
  return [h("h3", {}, title),
    s("svg", { class: "space", viewBox: `0 0 ${WIDTH} ${END + 6 + 12 * below.levels}`, "aria-hidden": "true", focusable: "false" }, zones, ticks),
    h("ul", { class: "zones" }, [...legend].map(([words, [kind, ranges]]) => h("li", {},
      s("svg", { viewBox: "0 0 24 14", "aria-hidden": "true" }, s("rect", { class: "zone " + kind, x: 1, y: 1, width: 22, height: 12 })),
      `${words} ${ranges.map(([from, to]) => (to - from === 1 ? String(from) : `${from}–${to - 1}`)).join(", ")}`)))];
};

const drawSend = (t) => {
  const edge = t.una + t.wnd;
  const points = [[0, "ISS"], [t.una, "SND.UNA"], [t.nxt, "SND.NXT"]];
  if (t.max !== t.nxt) points.push([t.max, "highest sent"]);
  if (t.wnd > 0 || edge !== t.una) points.push([edge, "UNA+WND"]);
  points.push([t.end, t.fin ? "FIN" : "written"]);
  if (t.fin) points.push([t.end + 1, ""]);
  const stop = t.fin ? t.end + 1 : t.end;
  return drawSpace("Send sequence space (relative to ISS)", points, (m) => {
    if (m < t.una) return ["done", "acknowledged"];
    if (m < t.max) return ["wait", "sent, not acknowledged"];
    if (m < stop) return m < edge ? ["held", "written, may be sent"] : ["late", "written, beyond the window"];
    return m < edge ? ["open", "window, nothing written yet"] : null;
  });
};

const drawReceive = (t) => {
  const points = [[0, "IRS"], [t.read, "read"], [t.nxt, "RCV.NXT"], [t.adv, "NXT+WND"]];
  for (const [from, to] of t.held) points.push([from, ""], [to, ""]);
  if (t.fin !== undefined) points.push([t.fin, "FIN"]);
  return drawSpace("Receive sequence space (relative to IRS)", points, (m) => {
    if (m < t.read) return ["done", "read by the user"];
    if (m < t.nxt) return ["wait", "received, not read"];
    if (t.held.some(([from, to]) => m > from && m < to)) return ["held", "held, out of order"];
    return m < t.adv ? ["open", "window"] : null;
  });
};

/* ---- both ends and the network ------------------------------------------------------------- */

const openFields = [false, false];

const drawFields = (index, end, changes) => {
  const changed = new Map(changes.map((c) => [c.name, c.old]));
  const details = h("details", {}, h("summary", {}, "All fields of the TCB"),
    h("table", { class: "fields" }, h("tbody", {}, end.fields.map((line) => {
      const cut = line.indexOf(" ");
      const name = line.slice(0, cut), value = line.slice(cut + 1);
      const old = changed.get(name);
      return h("tr", { class: old === undefined ? null : "changed" }, h("th", { scope: "row" }, (old === undefined ? "" : "▸ ") + fieldName(name)),
        h("td", {}, old === undefined ? value : `${old} → ${value}`));
    }))));
  details.open = openFields[index];
  details.addEventListener("toggle", () => { openFields[index] = details.open; });
  return details;
};

const fieldOf = (end, name) => end.fields.find((line) => line.startsWith(name + " "))?.slice(name.length + 1) ?? "";

const drawHost = (index) => {
  const end = state.hosts[index];
  const mine = state.acted && state.host === index;
  const moved = mine && state.before !== state.after;
  const timers = fieldOf(end, "timers");
  show(by("host-" + "ab"[index]),
    h("h2", { id: `host-${"ab"[index]}-head` }, host(index), " ", h("span", { class: "state" }, end.state),
      moved ? h("span", { class: "tag" }, `was ${state.before}`) : mine ? h("span", { class: "tag" }, "acted") : null),
    h("p", { class: "facts" },
      h("span", {}, "incarnation ", h("b", {}, String(end.lives))), h("span", {}, "written ", h("b", {}, String(end.written))),
      h("span", {}, "received ", h("b", {}, String(end.received))), h("span", {}, "delivered ", h("b", {}, String(end.delivered))),
      h("span", {}, "SND.WND ", h("b", {}, end.send ? String(end.send.wnd) : "–")), h("span", {}, "RCV.WND ", h("b", {}, String(end.window))),
      h("span", {}, "timers ", h("b", {}, timers))),
    end.send ? drawSend(end.send) : null,
    end.receive ? drawReceive(end.receive) : null,
    end.state === "CLOSED" ? h("p", { class: "muted" }, "No TCB: nothing is remembered of any connection.") :
      end.send ? null : h("p", { class: "muted" }, "No sequence numbers yet: it waits for a SYN."),
    drawFields(index, end, mine ? changesOf() : []));
};

const drawNetwork = () => show(by("network"),
  h("h2", { id: "network-head" }, `In flight (${state.packets.length})`),
  state.packets.length === 0 ? h("p", { class: "muted" }, "No segment is on its way.") :
    h("ul", { class: "lane" }, state.packets.map((packet) => h("li", { class: packet.from === 0 ? "ab" : "ba" },
      host(0), h("span", { class: "line segment" }, `#${packet.serial} ${packet.text}${packet.old ? " (of an old incarnation)" : ""}`), host(1)))));

/* ---- the state diagram --------------------------------------------------------------------- */

const NODES = {
  "CLOSED": [200, 26], "LISTEN": [200, 106], "SYN-RECEIVED": [63, 180], "SYN-SENT": [337, 180], "ESTABLISHED": [200, 254],
  "FIN-WAIT-1": [63, 328], "CLOSE-WAIT": [337, 328], "FIN-WAIT-2": [63, 410], "CLOSING": [200, 410], "LAST-ACK": [337, 410],
  "TIME-WAIT": [200, 488], "CLOSED again": [337, 488],
};
const FIGURE_5 = [
  ["CLOSED", "LISTEN", "passive OPEN / create TCB"], ["LISTEN", "CLOSED", "CLOSE / delete TCB"],
  ["CLOSED", "SYN-SENT", "active OPEN / create TCB, snd SYN"], ["SYN-SENT", "CLOSED", "CLOSE / delete TCB"],
  ["LISTEN", "SYN-RECEIVED", "rcv SYN / snd SYN,ACK"], ["LISTEN", "SYN-SENT", "SEND / snd SYN"],
  ["SYN-SENT", "SYN-RECEIVED", "rcv SYN / snd SYN,ACK"], ["SYN-RECEIVED", "ESTABLISHED", "rcv ACK of SYN"],
  ["SYN-SENT", "ESTABLISHED", "rcv SYN,ACK / snd ACK"], ["SYN-RECEIVED", "FIN-WAIT-1", "CLOSE / snd FIN"],
  ["ESTABLISHED", "FIN-WAIT-1", "CLOSE / snd FIN"], ["ESTABLISHED", "CLOSE-WAIT", "rcv FIN / snd ACK"],
  ["FIN-WAIT-1", "FIN-WAIT-2", "rcv ACK of FIN"], ["FIN-WAIT-1", "CLOSING", "rcv FIN / snd ACK"],
  ["FIN-WAIT-2", "TIME-WAIT", "rcv FIN / snd ACK"], ["CLOSING", "TIME-WAIT", "rcv ACK of FIN"],
  ["CLOSE-WAIT", "LAST-ACK", "CLOSE / snd FIN"], ["LAST-ACK", "CLOSED again", "rcv ACK of FIN"],
  ["TIME-WAIT", "CLOSED again", "Timeout=2MSL / delete TCB"],
];
const HALF = [56, 15];

/* The figure has CLOSED twice: where a connection begins, and may be given up at once, and where one ends. */
const target = (from, to) => (to === "CLOSED" && from !== "LISTEN" && from !== "SYN-SENT" ? "CLOSED again" : to);
const inFigure = (from, to) => FIGURE_5.find(([x, y]) => x === from && y === target(from, to));

const border = ([cx, cy], [tx, ty]) => {
  const dx = tx - cx, dy = ty - cy;
  const scale = Math.min(HALF[0] / Math.abs(dx || 1e-9), HALF[1] / Math.abs(dy || 1e-9));
  return [cx + dx * scale, cy + dy * scale];
};

/* A straight line, moved aside where the way back is drawn too; or, bent, one beside the figure. */
const edgePath = (from, to, bent) => {
  const a = NODES[from], b = NODES[to];
  const size = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const side = [-(b[1] - a[1]) / size, (b[0] - a[0]) / size];
  const both = FIGURE_5.some(([x, y]) => x === to && y === from);
  const shift = both ? 7 : 0;
  const from2 = [a[0] + side[0] * shift, a[1] + side[1] * shift], to2 = [b[0] + side[0] * shift, b[1] + side[1] * shift];
  if (!bent) {
    const start = border(from2, to2), end = border(to2, from2);
    return `M${start.map(Math.round)} L${end.map(Math.round)}`;
  }
  const middle = [(a[0] + b[0]) / 2 + side[0] * 50, (a[1] + b[1]) / 2 + side[1] * 50];
  const start = border(a, middle), end = border(b, middle);
  return `M${start.map(Math.round)} Q${middle.map(Math.round)} ${end.map(Math.round)}`;
};

const marker = (id, color) => s("marker", { id, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 10, markerHeight: 10, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" },
  s("path", { d: "M0 0L10 5L0 10z", fill: color }));

/* Edges walked up to here, "FROM>TO", by whom last. */
const walked = () => {
  const edges = new Set();
  for (let i = 1; i <= place.at; i++) {
    for (const end of ["a", "b"]) {
      const from = rowAt(i - 1)[end], to = rowAt(i)[end];
      if (from !== to) edges.add(`${from}>${target(from, to)}`);
    }
  }
  return edges;
};

/* Where a host stands; in CLOSED, by where it came from. */
const nodeOf = (index) => {
  const end = "ab"[index];
  if (state[end] !== "CLOSED") return state[end];
  let i = place.at;
  while (i > 0 && rowAt(i)[end] === "CLOSED") i--;
  return i === 0 ? "CLOSED" : target(rowAt(i)[end], "CLOSED");
};

const drawFigure = () => {
  const been = walked();
  const lit = LETTER.map((_, i) => {
    const was = place.at === 0 ? null : rowAt(place.at - 1)["ab"[i]];
    return was === null || was === state["ab"[i]] ? null : [was, state["ab"[i]]];
  });
  const edges = FIGURE_5.map(([from, to]) => s("path", {
    class: "edge" + (been.has(`${from}>${to}`) ? " walked" : ""), d: edgePath(from, to, false),
    "marker-end": been.has(`${from}>${to}`) ? "url(#tip-walked)" : "url(#tip)" }));
  const others = [...been].map((edge) => edge.split(">")).filter(([from, to]) => NODES[to] && !FIGURE_5.some(([x, y]) => x === from && y === to))
    .map(([from, to]) => s("path", { class: "edge walked other", d: edgePath(from, to, true), "marker-end": "url(#tip-walked)" }));
  const current = lit.map((edge, i) => edge && s("path", {
    class: `edge lit ${"ab"[i]}` + (inFigure(...edge) ? "" : " other"), d: edgePath(edge[0], target(...edge), !inFigure(...edge)),
    "data-edge": `${LETTER[i]} ${edge[0]} ${edge[1]}`, "marker-end": `url(#tip-${"ab"[i]})` }));
  const nodes = Object.entries(NODES).map(([name, [x, y]]) => {
    const here = [0, 1].filter((i) => nodeOf(i) === name);
    return s("g", { class: "node" + (here.length > 0 ? " here" : "") },
      s("rect", { class: "box", x: x - HALF[0], y: y - HALF[1], width: 2 * HALF[0], height: 2 * HALF[1], rx: 5 }),
      s("text", { x, y }, name.replace(" again", "")),
      here.map((i) => {
        const bx = x + (i === 0 ? 6 - HALF[0] : HALF[0] - 6), by2 = y - HALF[1] - 2;
        return [i === 0 ? s("circle", { class: "badge-shape a", cx: bx, cy: by2, r: 10 })
          : s("rect", { class: "badge-shape b", x: bx - 9.5, y: by2 - 9.5, width: 19, height: 19, rx: 2 }),
          s("text", { class: "badge", x: bx, y: by2 }, LETTER[i])];
      }));
  });
  const words = lit.map((edge, i) => edge && h("p", {}, host(i), ` ${edge[0]} → ${edge[1]}: `,
    inFigure(...edge)?.[2] ?? "no edge of Figure 5, so it is dashed"));
  show(by("figure-body"),
    s("svg", { viewBox: "0 -4 400 512", role: "img", "aria-label": `State diagram: A in ${state.hosts[0].state}, B in ${state.hosts[1].state}` },
      s("defs", {}, marker("tip", "var(--line)"), marker("tip-walked", "var(--muted)"), marker("tip-a", "var(--a)"), marker("tip-b", "var(--b)")),
      edges, others, current, nodes),
    words.some(Boolean) ? words : h("p", { class: "muted" }, "No state changed in this step. Edges walked so far are darker."));
};

/* ---- what the run admits ------------------------------------------------------------------- */

/* The bounds in words: "  each host opens ..." with the name in ten columns, then lines that go on. */
const wordsList = () => {
  const items = [];
  for (const line of run.words.split("\n")) {
    if (/^ {2}\S/.test(line)) items.push([line.slice(2, 12).trim(), line.slice(12)]);
    else if (items.length > 0 && line.trim() !== "") items.at(-1)[1] += " " + line.trim();
  }
  return items;
};

const fold = (title, ...inside) => h("details", {}, h("summary", {}, title), ...inside);

const drawTerms = () => {
  const unusual = head.policy.filter((one) => !one.usual);
  const line = (one) => [h("dt", {}, `${one.name} = ${one.word}`), h("dd", {}, `${one.sentence}. `, h("span", { class: "muted" }, `${one.question} (${one.section})`))];
  show(by("terms-body"),
    h("dl", { class: "terms" }, wordsList().map(([who, text]) => [h("dt", {}, who), h("dd", {}, text)])),
    head.fault ? h("div", { class: "violation" }, h("h3", {}, `The machine is broken on purpose: ${head.fault.word}`),
      h("p", {}, `${head.fault.what}. Seen in: ${head.fault.where}. Breaks ${head.fault.property}.`)) : null,
    h("div", { id: "budgets" }),
    fold(`Policy ${run.policy}: what the RFCs leave open`,
      h("p", { class: "muted" }, unusual.length === 0 ? "Every choice is that of rfc9293." : `${count(unusual.length, "choice")} other than that of rfc9293, first:`),
      h("dl", { class: "terms" }, unusual.map(line), head.policy.filter((one) => one.usual).map(line))),
    run.source === undefined ? null : fold("The script as it was written", h("pre", {}, run.source)),
    h("details", { id: "path" }, h("summary", {}, "The path to this state as a script"), h("pre", { id: "path-text" }),
      h("p", { class: "muted" }, "Saved to a file: ", h("code", {}, "synproof replay path.sps"))),
    h("p", { class: "muted" }, "Digest of this state: ", h("code", { id: "digest" })));
  by("path").addEventListener("toggle", drawPath);
};

const drawPath = () => {
  by("digest").textContent = state.digest;
  if (by("path").open) by("path-text").textContent = pathScript();
};

const drawBudgets = () => show(by("budgets"), fold("Budgets of the bounds, and what is used up",
  h("table", { class: "fields" }, h("tbody", {}, state.budgets.map((one) => h("tr", {},
    h("th", { scope: "row" }, `${one.of}: ${one.what}`),
    h("td", {}, `${one.used} of ${one.most} `, one.most > 0 ? h("span", { class: "meter", "aria-hidden": "true" },
      fill(document.createElement("i"), {}, [])) : null)))))));

const drawMeters = () => by("budgets").querySelectorAll(".meter i").forEach((bar, i) => {
  const one = state.budgets.filter((budget) => budget.most > 0)[i];
  bar.style.width = `${Math.min(100, 100 * one.used / one.most)}%`;
});

/* ---- the bar ------------------------------------------------------------------------------- */

/* A control that does nothing now stays, and says why. */
const able = (id, reason) => {
  const button = by(id);
  button.setAttribute("aria-disabled", reason === "" ? "false" : "true");
  button.dataset.why = reason;
};

const drawBar = () => {
  const total = length();
  const end = left() || place.fork !== null ? "this is the end of your path: choose an action to go on"
    : head.events === 0 ? "nothing is recorded: choose an action" : "the recorded run ends here: choose an action to go on";
  able("first", place.at === 0 ? "this is the beginning" : "");
  able("back", place.at === 0 ? "this is the beginning" : "");
  able("forward", place.at === total ? end : "");
  able("last", place.at === total ? end : "");
  able("rejoin", place.fork === null ? "you are on the recorded path" : "");
  by("rejoin").hidden = head.events === 0;
  by("place").textContent = `step ${place.at} of ${total}`;
  if (by("initial")) by("initial").value = String(place.initial);
  const reasons = [];
  if (place.at === 0) reasons.push("First, Back: this is the beginning.");
  if (place.at === total) reasons.push(`Forward, Last: ${end}.`);
  if (place.fork === null && head.events > 0) reasons.push("Recorded path: you are on it.");
  by("why").textContent = reasons.join(" ");
};

const press = (id, act) => by(id).addEventListener("click", () => {
  const reason = by(id).dataset.why ?? "";
  if (reason === "") { act(); return; }
  say(reason);
  by("why").textContent = `${by(id).textContent}: ${reason}.`;
});

const copy = async (text, what) => {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied.`);
  } catch {
    complain(`This browser does not let the page copy. ${what}: ${text}`);
  }
};

const pathScript = () => {
  const from = run.title.replace(/[^\x20-\x7e]/g, "?");
  return model.script().replace("\n", `\n# ${from}, at ${fragment()} of its explorer page\n`);
};

const save = () => {
  const url = URL.createObjectURL(new Blob([pathScript()], { type: "text/plain" }));
  const name = run.title.replace(/^.*\//, "").replace(/\.[^.]*$/, "").replace(/[^A-Za-z0-9._-]/g, "-") || "run";
  const link = h("a", { href: url, download: `${name}-${fragment().replace(":", "_")}.sps` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  say("The path to this state is saved as a script.");
};

/* ---- all of it ----------------------------------------------------------------------------- */

const draw = () => {
  const inNext = by("next").contains(document.activeElement);
  model.go(place.initial, recordedTaken(), movesTaken());
  state = model.state();
  drawBar();
  drawNow();
  drawNext();
  drawRows();
  drawHost(0);
  drawHost(1);
  drawNetwork();
  drawFigure();
  const budgets = by("budgets").querySelector("details")?.open ?? false;
  drawBudgets();
  drawMeters();
  by("budgets").querySelector("details").open = budgets;
  drawPath();
  if (location.hash !== "#" + fragment()) history.replaceState(null, "", "#" + fragment());
  if (inNext) by("next-head").focus({ preventScroll: true });
  const moved = state.acted ? ` ${LETTER[state.host]} ${state.before === state.after ? "stays" : "becomes"} ${state.after}.` : "";
  const broken = state.violations.map((v) => ` Violates ${v.id} ${v.name}.`).join("");
  say(`Step ${place.at} of ${length()}: ${plain(state)}.${moved}${broken}`);
};

/* Comments of the text: those before the first action, and those of each action. */
const readNotes = (source) => {
  const story = [], steps = [];
  let pending = [];
  for (const line of source.split(/\r?\n/)) {
    const cut = line.indexOf("#");
    const code = (cut < 0 ? line : line.slice(0, cut)).trim();
    const comment = cut < 0 ? "" : line.slice(cut + 1).trim();
    const setting = code === "" || /^(synproof script|set |expect )/.test(code);
    if (comment !== "") (setting && code !== "" && steps.length === 0 ? story : pending).push(comment);
    if (code !== "" && !setting) { steps.push(pending.join(" ")); pending = []; }
    else if (code === "" && steps.length === 0 && line.trim() === "") { story.push(...pending); pending = []; }
    else if (setting && code !== "") { story.push(...pending); pending = []; }
  }
  return { story: story.join("\n"), steps };
};

const drawVerdict = () => {
  const first = rows.findIndex((row) => row.broken?.length > 0);
  const all = [...new Set(rows.flatMap((row) => row.broken ?? []))];
  const astray = rows.filter((row) => row.possible === false).length;
  const expected = head.expect === "" ? "nothing is expected of it" : head.expect === "PASS" ? "expected: PASS" : `expected: ${head.expect}`;
  const good = all.length === 0 ? head.expect === "" || head.expect === "PASS" : all.includes(head.expect);
  if (run.form === "bounds") return;
  show(by("verdict"),
    all.length === 0
      ? h("span", { class: "chip " + (good ? "good" : "bad") }, good ? "✓ no property is violated" : `✗ ${head.expect} does not show`)
      : h("span", { class: "chip bad" }, `✗ violates ${all.join(", ")} at step ${first}`),
    " ", h("span", { class: "muted" }, `(${expected}${all.length > 0 && good ? ": as recorded" : ""})`), " ",
    all.length === 0 ? null : h("button", { type: "button", onclick: () => { rejoin(); step(first); } }, `Go to step ${first}`),
    astray === 0 ? null : h("span", { class: "muted" }, ` ${count(astray, "event")} of it ${astray === 1 ? "is" : "are"} not possible: most often, the segment is not in flight`));
};

const FORM = { text: "a script", bytes: "an input of a fuzzer, in byte form", capture: "a capture", bounds: "bounds, before anything happened" };

const drawHead = () => {
  document.title = `${run.title} - synproof`;
  by("title").textContent = run.title;
  by("about").textContent = `${FORM[run.form] ?? run.form} · policy ${run.policy}` +
    (run.form === "bounds" ? "" : ` · ${count(head.events, "recorded event")}`);
  notes = run.source === undefined ? notes : readNotes(run.source);
  show(by("story"), [notes.story, run.remarks.trim()].filter((text) => text !== "").join("\n"));
  if (head.events === 0 && head.initials.length > 1) {
    by("about").append(" · begins with ", fill(h("select", { id: "initial", "aria-label": "Initial sequence numbers to begin with" }), {},
      head.initials.map(([a, b], i) => h("option", { value: i }, `ISS of A ${a}, of B ${b}`))));
    by("initial").addEventListener("change", (event) => {
      Object.assign(place, { initial: Number(event.target.value), fork: null, branch: [], at: 0 });
      begin();
      draw();
    });
  }
};

/* The rows of the recorded path. */
const begin = () => {
  model.begin(place.initial);
  rows = [model.row()];
  branchRows = [];
  drawn = "";
  model.go(place.initial, head.events, [], () => rows.push(model.row()));
};

/* ---- keys ---------------------------------------------------------------------------------- */

let digits = "";

/* A number that no further digit could lengthen is taken at once. */
const digit = (key) => {
  digits += key;
  const number = Number(digits);
  const longer = state.moves.some((_, i) => String(i) !== digits && String(i).startsWith(digits));
  if (!longer || number >= state.moves.length) endDigits();
  else say(`${digits}: Enter chooses it, or more digits.`);
};
const endDigits = () => {
  const number = digits;
  digits = "";
  if (number !== "") choose(Number(number));
};

const KEYS = {
  j: () => step(place.at + 1), ArrowRight: () => step(place.at + 1),
  k: () => step(place.at - 1), ArrowLeft: () => step(place.at - 1),
  Home: () => step(0), End: () => step(length()), r: rejoin, "?": () => by("help").showModal(),
};

const onKey = (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || by("help").open) return;
  if (event.target.closest("select, input, textarea")) return;
  if (/^[0-9]$/.test(event.key)) digit(event.key);
  else if (event.key === "Enter" && digits !== "") endDigits();
  else if (KEYS[event.key]) { digits = ""; KEYS[event.key](); }
  else { if (event.key === "Escape") digits = ""; return; }
  event.preventDefault();
};

/* ---- start --------------------------------------------------------------------------------- */

const start = async () => {
  const began = performance.now();
  const { instance } = await WebAssembly.instantiate(bytesOf(by("model-data").textContent));
  model = new Model(instance.exports);
  head = run.bytes === undefined ? model.load(new TextEncoder().encode(run.script), false) : model.load(bytesOf(run.bytes), true);
  drawHead();
  begin();
  drawVerdict();
  drawTerms();
  document.body.prepend(s("svg", { width: 0, height: 0, class: "unseen", "aria-hidden": "true", focusable: "false" }, patterns()));
  if (!fromAddress()) goTo(opening());
  draw();
  press("first", () => step(0));
  press("back", () => step(place.at - 1));
  press("forward", () => step(place.at + 1));
  press("last", () => step(length()));
  press("rejoin", rejoin);
  press("address", () => copy(location.href, "The address"));
  press("save", save);
  press("keys", () => by("help").showModal());
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    if (location.hash === "#" + fragment()) return;
    if (!fromAddress()) goTo(opening());
    draw();
  });
  document.documentElement.dataset.ready = String(Math.round(performance.now() - began));
};

start().catch((error) => {
  show(by("now-head"), "This run cannot be shown");
  show(by("now-body"), h("p", {}, String(error.message ?? error)));
  document.documentElement.dataset.failed = "true";
});

})();
