// What is so behind a step: the lanes, the source, variables, locks, the output.
"use strict";

const element = (id) => document.getElementById(id);
const data = JSON.parse(element("data").textContent || "null");
const isGame = Boolean(data?.nodes);

const ROWS = 60; // that are there: more would be slow
const COLOURS = 8; // of threads, in player.css
const WRONG = "\u00a0\u2190"; // behind a step
const WIDE = 1600; // px: room for two sources

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
    element("heads").replaceChildren(...lanes.map((thread, lane) => setLane(make("span", "", makeName(thread)), lane)));
}

function makeRow(index) {
    const step = run.shown[index];
    const words = make("span", `words colour-${step.thread % COLOURS}`, make("span", "heard", `${nameOf(step.thread)} `), step.words);
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
    element("list").replaceChildren(...rows);
    element("earlier").hidden = first === 0;
    element("earlier").textContent = `(${first} steps before)`;
    element("rows").scrollTop = element("rows").scrollHeight;
}

// ---- source ----

// Where each thread stands: its last step until then that is in a file.
function placesNow() {
    const places = new Map();
    for (const step of run.shown.slice(0, position()))
        if (step.line)
            places.set(step.thread, step);
    return places;
}

function makePane(id) {
    const section = element(id);
    const pane = { section, code: section.querySelector(".code"), choice: section.querySelector("select"), file: null, lines: [] };
    const files = Object.keys(data.sources);
    pane.choice.replaceChildren(...files.map((file) => new Option(file, file)));
    section.querySelector("label").hidden = files.length < 2;
    pane.choice.addEventListener("change", () => {
        pane.choice.blur(); // the keys are the player's again
        showFile(pane, pane.choice.value, placesNow());
    });
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

function showFile(pane, file, places) {
    if (file !== pane.file)
        fillPane(pane, file);
    for (const line of pane.lines) {
        line.className = "";
        line.removeAttribute("aria-current");
        line.querySelectorAll(".thread").forEach((mark) => mark.remove());
    }
    const last = run.shown[position() - 1];
    for (const [thread, place] of places)
        if (place.file === file && pane.lines[place.line - 1])
            markLine(pane, thread, place, thread === last?.thread);
}

function markLine(pane, thread, place, isLast) {
    const line = pane.lines[place.line - 1];
    line.append(makeName(thread));
    if (line.className !== "now")
        line.className = isLast ? "now" : "here";
    if (!isLast)
        return;
    line.setAttribute("aria-current", "step");
    pane.code.scrollTop = line.offsetTop - pane.code.clientHeight / 2;
}

let panes = [];

// The file of who moved last; beside it, if there is room, that of somebody else.
function showSources() {
    const places = placesNow();
    const last = run.shown.slice(0, position()).findLast((step) => step.line);
    const file = last?.file ?? panes[0].file ?? Object.keys(data.sources)[0];
    const other = [...places.values()].map((place) => place.file).find((it) => it !== file);
    const isTwo = other !== undefined && window.innerWidth >= WIDE;
    element("other").hidden = !isTwo;
    element("panes").classList.toggle("two", isTwo);
    if (file !== undefined)
        showFile(panes[0], file, places);
    if (isTwo)
        showFile(panes[1], other, places);
}

// ---- variables, locks, output ----

const READS_OR_WRITES = /^(atomic-)?(read|write|update)$/;

// What others call "main's seat" main calls "seat": it is the same.
function variableOf(step, foreign) {
    const full = `${nameOf(step.thread)}'s ${step.variable}`;
    return foreign.has(full) ? full : step.variable;
}

// Every variable that has been read or written until then, with its value.
function variablesNow() {
    const foreign = new Set(run.shown.map((step) => step.variable).filter((name) => name?.includes("'s ")));
    const values = new Map();
    run.shown.slice(0, position()).forEach((step, i) => {
        if (step.variable && step.value !== null && READS_OR_WRITES.test(step.deed))
            values.set(variableOf(step, foreign), { value: step.value, thread: step.thread, changed: isNow(i) });
    });
    return [...values];
}

function locksNow() {
    const last = run.shown[position() - 1];
    const held = (last?.held ?? []).map((it) => `${nameOf(it.thread)} holds ${it.lock}`);
    return [...held, ...(last?.waits ?? []).map((it) => `${nameOf(it.thread)} ${reasonOf(it)}`)];
}

function reasonOf(wait) {
    const { thread, holder } = wait;
    if (holder === null || wait.for.startsWith("the end of"))
        return `waits for ${wait.for}`;
    return `waits for ${wait.for}, which ${holder === thread ? "it holds itself" : `${nameOf(holder)} holds`}`;
}

function outputNow() {
    const last = run.steps.indexOf(run.shown[position() - 1]);
    return run.steps.slice(0, last + 1)
        .filter((step) => step.deed === "output" && step.variable)
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
        make("td", "", name), make("td", "value", it.value), make("td", "", makeName(it.thread)))));
    fill("locks", ...locksNow().map((text) => make("li", "", text)));
    fill("output", ...(output === "" ? [] : [output]));
}

// ---- all of it ----

function beginPanes() {
    panes = [makePane("source"), makePane("other")];
}

function showPanes() {
    showLanes();
    showState(); // how high it is decides how much room the source has
    showRows();
    showSources();
}
