// What is so behind a step: the lanes, the source, variables, locks, the output.
"use strict";

const element = (id) => document.getElementById(id);
const data = JSON.parse(element("data").textContent || "null");
const isGame = Boolean(data?.nodes);

const ROWS = 60; // that are there: more would be slow
const COLOURS = 8; // of threads, in player.css
const WRONG = "\u00a0\u2190"; // behind a step

// `steps` in order, `shown` those that are gone through, `stops` how many of these
// have been made wherever one can stop: behind each, or, in a game, where there is a
// choice. `at` is the stop at which we are. `whole`: all rows are wanted.
const run = { steps: [], shown: [], stops: [0], at: 0, all: false, whole: false };

function position() {
    return run.stops[run.at];
}

function isNow(index) {
    return index < position() && index >= (run.stops[run.at - 1] ?? 0);
}

function nameOf(thread) {
    return data.threads[thread]?.name ?? `thread ${thread}`;
}

function make(tag, className, ...content) {
    const it = document.createElement(tag);
    it.className = className;
    it.append(...content);
    return it;
}

function makeName(thread, text = nameOf(thread)) {
    return make("b", `thread colour-${thread % COLOURS}`, text);
}

// ---- lanes ----

let lanes = []; // numbers of threads, by column
let longest = []; // letters of a step, in each of them

// An arrow stays in one piece.
function makeWords(words) {
    return words.split(/(->)/).map((part) => part === "->" ? make("span", "arrow", part) : part);
}

// How long the words in a lane can be, and where it begins: player.css.
function setLane(it, lane) {
    it.style.setProperty("--lane", lane);
    it.style.setProperty("--longest", longest[lane]);
    return it;
}

// In a game the lanes stay where they are, whatever is chosen.
function chooseLanes() {
    const length = new Map();
    if (isGame && lanes.length > 0)
        return;
    for (const step of isGame ? data.nodes.flatMap((node) => node.moves.flatMap((move) => move.steps)) : run.shown)
        length.set(step.thread, Math.max(length.get(step.thread) ?? 0, step.words.length + WRONG.length));
    lanes = data.threads.map((_, i) => i).filter((i) => isGame || length.has(i));
    longest = lanes.map((thread) => length.get(thread) ?? 0);
}

function showLanes() {
    chooseLanes();
    element("rows").style.setProperty("--lanes", Math.max(1, lanes.length));
    element("heads").replaceChildren(make("i", "", "line"), ...lanes.map((thread, lane) => setLane(make("span", "", makeName(thread)), lane)));
}

function makeRow(index) {
    const step = run.shown[index];
    const words = make("span", `words colour-${step.thread % COLOURS}`, make("span", "heard", `${nameOf(step.thread)} `), ...makeWords(step.words));
    const row = make("div", `row${step.wrong ? " wrong" : ""}${isNow(index) ? " now" : ""}`,
        make("span", "line", step.line ?? ""), make("span", "space"), words);
    if (step.wrong)
        words.append(WRONG);
    setLane(row, lanes.indexOf(step.thread));
    row.setAttribute("role", "listitem");
    row.setAttribute("aria-setsize", run.shown.length);
    row.setAttribute("aria-posinset", index + 1);
    if (isNow(index))
        row.setAttribute("aria-current", "step");
    row.addEventListener("click", () => goBehind(index));
    return row;
}

// What is to come is not shown: the now is at the end, and in sight.
function showRows() {
    const first = run.whole ? 0 : Math.max(0, position() - ROWS);
    const rows = [];
    for (let i = first; i < position(); i++)
        rows.push(makeRow(i));
    element("list").replaceChildren(...lanes.map((_, lane) => setLane(make("i", "guide"), lane)), ...rows);
    element("earlier").hidden = first === 0;
    element("earlier").textContent = `(${first} steps before)`;
    element("rows").scrollTop = element("rows").scrollHeight;
}

// ---- source ----

// Two panes, each with the place of one thread, if there is room for them: at both
// sides of the lanes, or one below the other.
const WIDE = 1600, HIGH = 800; // px

function roomForSources() {
    if (data.threads.length < 2 || document.documentElement.classList.contains("embedded") || !window.matchMedia("(min-width: 60rem) and (min-height: 33rem)").matches)
        return "one";
    return window.innerWidth >= WIDE ? "sides" : window.innerHeight >= HIGH ? "stacked" : "one";
}

// Where each thread stands: its last step until then that is in a file. Who has ended
// stands nowhere.
function placesNow() {
    const places = new Map();
    for (const step of run.shown.slice(0, position()))
        if (step.line)
            places.set(step.thread, step);
    endedNow().forEach((thread) => places.delete(thread));
    return places;
}

function endedNow() {
    const ended = isGame
        ? data.nodes[nodeNow()].others.filter((it) => it.why === "has ended")
        : stepsUntilNow().filter((step) => step.deed === "finish");
    return ended.map((it) => it.thread);
}

// Which thread each pane is about: whoever moves stays where it is, or comes to the
// place of the one that moved longer ago.
function threadsOfPanes() {
    const panes = [null, null], since = [-1, -1];
    run.shown.slice(0, position()).forEach((step, i) => {
        if (!step.line)
            return;
        const own = panes.indexOf(step.thread);
        const at = own >= 0 ? own : since[0] <= since[1] ? 0 : 1;
        panes[at] = step.thread;
        since[at] = i;
    });
    return panes;
}

function makePane(id) {
    const section = element(id);
    const pane = { section, code: section.querySelector(".code"), choice: section.querySelector("select"), about: section.querySelector(".about"), file: null, lines: [] };
    const files = Object.keys(data.sources);
    pane.choice.replaceChildren(...files.map((file) => new Option(file, file)));
    section.querySelector("label").hidden = files.length < 2;
    pane.choice.addEventListener("change", () => showFile(pane, pane.choice.value, placesNow(), null));
    return pane;
}

// Comments that only name a place for schedules are not for readers.
function fillPane(pane, file) {
    pane.file = file;
    pane.choice.value = file;
    pane.section.querySelector(".name").textContent = file;
    pane.lines = (data.sources[file] ?? "").replace(/\n$/, "").split("\n").map((text) =>
        make("li", "", make("span", "", text.replace(/\s*\/\/ @[\w-]+\s*$/, "") || " ")));
    pane.code.replaceChildren(make("ol", "", ...pane.lines));
}

// The file, with all who stand in it; the line of one thread is in sight.
function showFile(pane, file, places, thread) {
    if (file !== pane.file)
        fillPane(pane, file);
    for (const line of pane.lines) {
        line.className = "";
        line.removeAttribute("aria-current");
        line.querySelectorAll(".thread").forEach((mark) => mark.remove());
    }
    const last = run.shown[position() - 1];
    for (const [who, place] of places)
        if (place.file === file && pane.lines[place.line - 1])
            markLine(pane.lines[place.line - 1], who, who === last?.thread);
    const own = places.get(thread);
    if (own && pane.lines[own.line - 1])
        pane.code.scrollTop = pane.lines[own.line - 1].offsetTop - pane.code.clientHeight / 2;
}

function markLine(line, thread, isLast) {
    line.append(makeName(thread));
    if (line.className !== "now")
        line.className = isLast ? "now" : "here";
    if (isLast)
        line.setAttribute("aria-current", "step");
}

let panes = [];

// Two panes: of each of two threads. One: of who moved last.
function showSources() {
    const places = placesNow();
    const room = roomForSources();
    const last = run.shown.slice(0, position()).findLast((step) => step.line);
    const threads = room === "one" ? [last?.thread ?? null] : threadsOfPanes();
    element("panes").className = room;
    element("left").hidden = room === "one";
    const shown = room === "one" ? [panes[1]] : panes;
    shown.forEach((pane, i) => {
        const file = places.get(threads[i])?.file ?? pane.file ?? last?.file ?? Object.keys(data.sources)[0];
        pane.about.replaceChildren(...(places.has(threads[i]) ? [makeName(threads[i])] : []));
        if (file !== undefined)
            showFile(pane, file, places, threads[i]);
    });
}

// ---- variables, locks, output ----

// All that the program has done before the next step that is shown.
function stepsUntilNow() {
    const next = run.shown[position()];
    return next ? run.steps.slice(0, run.steps.indexOf(next)) : run.steps;
}

// What others call "main's seat" main calls "seat": it is the same.
function variableOf(step, foreign) {
    const full = `${nameOf(step.thread)}'s ${step.variable}`;
    return foreign.has(full) ? full : step.variable;
}

// Whether a variable is in a block: node#2.next in node#2.
function isIn(name, block) {
    return name === block || name.startsWith(`${block}.`) || name.startsWith(`${block}[`);
}

// Every variable that has been read or written until then: its value, and who wrote it.
function variablesNow() {
    const foreign = new Set(run.shown.map((step) => step.variable).filter((name) => name?.includes("'s ")));
    const values = new Map(), freed = [];
    run.shown.slice(0, position()).forEach((step, i) => {
        const changed = isNow(i);
        if (step.deed === "free" && step.variable) {
            freed.push(step.variable);
            for (const name of [...values.keys()].filter((it) => isIn(it, step.variable)))
                values.set(name, { value: "freed", thread: step.thread, changed });
        }
        if (!step.variable || !/^(atomic-)?(read|write|update)$/.test(step.deed))
            return;
        const name = variableOf(step, foreign), before = values.get(name);
        const thread = step.deed.endsWith("read") ? before?.thread ?? null : step.thread;
        const gone = freed.some((block) => isIn(step.variable, block));
        values.set(name, { value: gone ? "freed" : step.value ?? before?.value ?? "?", thread, changed });
    });
    values.delete("a constant");
    return [...values];
}

// Behind a step; in a game where we are, whatever has happened unseen.
function locksNow() {
    const state = isGame ? data.nodes[nodeNow()] : run.shown[position() - 1];
    const held = (state?.held ?? []).map((it) => `${nameOf(it.thread)} holds ${it.lock}`);
    return [...held, ...(state?.waits ?? []).map((it) => `${nameOf(it.thread)} ${reasonOf(it)}`)];
}

function reasonOf({ thread, holder, for: what }) {
    if (holder === null || what.startsWith("the end of"))
        return `waits for ${what}`;
    return `waits for ${what}, which ${holder === thread ? "it holds itself" : `${nameOf(holder)} holds`}`;
}

function outputNow() {
    return stepsUntilNow()
        .filter((step) => (step.deed === "output" || step.deed === "print") && step.variable)
        .map((step) => `${nameOf(step.thread)}: ${step.variable}`).join("\n");
}

// A box in which there is nothing is not there.
function fill(id, ...content) {
    element(id).replaceChildren(...content);
    element(id).closest("section").hidden = content.length === 0;
}

function showState() {
    const output = outputNow();
    fill("variables", ...variablesNow().map(([name, it]) => make("tr", it.changed ? "changed" : "",
        make("td", "", name), make("td", "value", it.value), make("td", "", it.thread === null ? "" : makeName(it.thread)))));
    fill("locks", ...locksNow().map((text) => make("li", "", text)));
    fill("output", ...(output === "" ? [] : [output]));
}

// ---- all of it ----

function beginPanes() {
    panes = [makePane("left"), makePane("source")];
}

function showPanes() {
    showLanes();
    showState(); // how high it is decides how much room the source has
    showRows();
    showSources();
}
