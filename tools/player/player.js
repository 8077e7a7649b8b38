// The player: a run of a program, step by step, and, for small programs, a game in
// which the audience decides who goes on.
//
// The data, in the element #data, are what `interleave show --json` writes (see
// tools/interleave/FORMAT.md). A game has a member `nodes` besides: see Game below.
// Nothing here makes up a step: all that is shown the program has done.
"use strict";

const ROW = 24; // px, as in player.css
const PLAY_EVERY = 900; // ms
const element = (id) => document.getElementById(id);
const data = JSON.parse(element("data").textContent || "null");

// ---- the steps ----

// What has happened so far, and what will: `steps` in order. In a game it grows.
const run = { steps: [], shown: [], position: 0, all: false };

function nameOf(thread) {
    return data.threads[thread]?.name ?? `thread ${thread}`;
}

// The steps that are gone through: those that matter, or all.
function chooseShown() {
    run.shown = run.all ? run.steps : run.steps.filter((step) => step.shown || data.nodes);
}

function sentence(step) {
    const where = step.line ? `, ${step.file} line ${step.line}` : "";
    return `${nameOf(step.thread)} ${step.words}${where}`;
}

// ---- what is so behind a step ----

const READS_OR_WRITES = /read|write|update/;

// Every variable that has been read or written until then, with its value.
function variablesAt(position) {
    const values = new Map();
    run.shown.slice(0, position).forEach((step, i) => {
        if (step.variable && step.value !== null && READS_OR_WRITES.test(step.deed) && !/lock/.test(step.deed))
            values.set(step.variable, { value: step.value, thread: step.thread, changed: i === position - 1 });
    });
    return values;
}

function outputAt(position) {
    let text = "";
    const last = run.shown[position - 1];
    for (const step of last ? run.steps : []) {
        if (step.deed === "output" && step.value !== null)
            text += `${nameOf(step.thread)}: ${step.value}\n`;
        if (step === last)
            break;
    }
    return text;
}

// Where each thread stands: its last step until then that is in a file.
function placesAt(position) {
    const places = new Map();
    for (let i = 0; i < position; i++)
        if (run.shown[i].line)
            places.set(run.shown[i].thread, run.shown[i]);
    return places;
}

// ---- source ----

const panes = ["left", "right"].map((side) => ({
    code: element(`code-${side}`), choice: element(`thread-${side}`), file: null, lines: [],
}));

function fillPane(pane, file) {
    const list = document.createElement("ol");
    pane.file = file;
    pane.lines = (data.sources[file] ?? "").split("\n").map((text) => {
        const line = document.createElement("li");
        line.textContent = text || " ";
        return line;
    });
    list.append(...pane.lines);
    pane.code.replaceChildren(list);
}

function showSource(pane, places, current) {
    const thread = Number(pane.choice.value);
    const place = places.get(thread);
    const file = place?.file ?? pane.file ?? Object.keys(data.sources)[0];
    if (file !== undefined && file !== pane.file)
        fillPane(pane, file);
    for (const line of pane.lines)
        line.className = "";
    const line = place && pane.lines[place.line - 1];
    if (!line)
        return;
    line.className = current && current.thread === thread ? "now" : "here";
    const top = line.offsetTop - pane.code.clientHeight / 2;
    pane.code.scrollTop = Math.max(0, top);
}

// The two threads in which most happens; main only if there is no other.
function choosePanes() {
    const count = data.threads.map(() => 0);
    for (const step of data.nodes ? allSteps() : run.steps)
        if (step.shown || data.nodes)
            count[step.thread] += step.thread === 0 ? 0.01 : 1;
    const order = data.threads.map((_, i) => i).sort((a, b) => count[b] - count[a]);
    const pair = order.slice(0, 2).sort((a, b) => a - b);
    panes.forEach((pane, i) => {
        pane.choice.replaceChildren(...data.threads.map((thread, number) => new Option(thread.name, number)));
        pane.choice.value = pair[i] ?? pair[0] ?? 0;
        pane.choice.addEventListener("change", show);
    });
}

// ---- lanes ----

let lanes = []; // numbers of threads, by column

function chooseLanes() {
    const used = new Set(run.shown.map((step) => step.thread));
    lanes = data.threads.map((_, i) => i).filter((i) => data.nodes || used.has(i));
    document.documentElement.style.setProperty("--lanes", Math.max(1, lanes.length));
    const heads = [document.createElement("span"), ...lanes.map((thread) => {
        const head = document.createElement("span");
        head.textContent = nameOf(thread);
        return head;
    })];
    element("heads").replaceChildren(...heads);
}

function makeRow(index) {
    const step = run.shown[index];
    const row = document.createElement("div");
    const line = document.createElement("span");
    const words = document.createElement("span");
    row.className = `row${index >= run.position ? " todo" : ""}${step.wrong ? " wrong" : ""}${index === run.position - 1 ? " now" : ""}`;
    row.style.top = `${index * ROW}px`;
    row.setAttribute("role", "listitem");
    row.setAttribute("aria-setsize", run.shown.length);
    row.setAttribute("aria-posinset", index + 1);
    row.title = sentence(step);
    line.textContent = step.line ?? "";
    words.textContent = step.words + (step.wrong ? " \u2190" : "");
    words.style.gridColumn = `${lanes.indexOf(step.thread) + 2} / -1`; // nothing is beside it
    row.append(line, words);
    row.addEventListener("click", () => go(index + 1));
    return row;
}

// Only the rows that can be seen are there: 10,000 would be slow.
function showRows(everything) {
    const rows = element("rows");
    const first = everything ? 0 : Math.max(0, Math.floor(rows.scrollTop / ROW) - 10);
    const end = everything ? run.shown.length : Math.min(run.shown.length, first + Math.ceil(rows.clientHeight / ROW) + 20);
    const space = document.createElement("div");
    space.style.height = `${run.shown.length * ROW}px`;
    space.setAttribute("role", "presentation");
    for (let i = first; i < end; i++)
        space.append(makeRow(i));
    const top = rows.scrollTop;
    rows.replaceChildren(space);
    rows.scrollTop = top;
}

function scrollToRow() {
    const rows = element("rows");
    const top = (run.position - 1) * ROW;
    if (top < rows.scrollTop || top > rows.scrollTop + rows.clientHeight - 2 * ROW)
        rows.scrollTop = Math.max(0, top - rows.clientHeight / 2);
}

// ---- all of it ----

function showState(last) {
    element("variables").replaceChildren(...[...variablesAt(run.position)].map(([name, it]) => {
        const row = document.createElement("tr");
        row.className = it.changed ? "changed" : "";
        for (const text of [name, it.value, nameOf(it.thread)]) {
            const cell = document.createElement("td");
            cell.textContent = text;
            row.append(cell);
        }
        return row;
    }));
    const held = (last?.held ?? []).map((it) => `${nameOf(it.thread)} holds ${it.lock}`);
    const waits = (last?.waits ?? []).map((it) =>
        `${nameOf(it.thread)} waits for ${it.for}` +
        (it.holder === null || it.for.startsWith("the end of") ? "" : `, which ${nameOf(it.holder)} holds`));
    element("locks").replaceChildren(...[...held, ...waits].map((text) => {
        const item = document.createElement("li");
        item.textContent = text;
        return item;
    }));
    element("output").textContent = outputAt(run.position);
}

function say(last) {
    const count = run.shown.length;
    element("where").textContent = `${run.position} of ${count}`;
    element("said").textContent = last
        ? `Step ${run.position}: ${sentence(last)}.${last.wrong ? " Here it goes wrong." : ""}`
        : `${count} steps. Arrow right begins.`;
}

function show() {
    const last = run.shown[run.position - 1];
    const places = placesAt(run.position);
    scrollToRow();
    showRows(false);
    for (const pane of panes)
        showSource(pane, places, last);
    showState(last);
    say(last);
    const scrubber = element("scrubber");
    scrubber.max = run.shown.length;
    scrubber.value = run.position;
    scrubber.setAttribute("aria-valuetext", element("said").textContent);
}

function go(position) {
    run.position = Math.min(Math.max(position, 0), run.shown.length);
    show();
}

// ---- playing ----

let timer = null;

function stop() {
    clearInterval(timer);
    timer = null;
    element("play").setAttribute("aria-pressed", "false");
}

function playOrPause() {
    if (timer !== null) {
        stop();
        return;
    }
    if (run.position === run.shown.length)
        go(0);
    element("play").setAttribute("aria-pressed", "true");
    timer = setInterval(() => {
        go(run.position + 1);
        if (run.position === run.shown.length)
            stop();
    }, PLAY_EVERY);
}

// ---- keys ----

const keys = {
    ArrowRight: () => go(run.position + 1),
    ArrowLeft: () => go(run.position - 1),
    Home: () => go(0),
    End: () => go(run.shown.length),
    " ": playOrPause,
};

function pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(SELECT|INPUT)$/.test(event.target.tagName))
        return;
    if (event.key === " " && event.target.tagName === "BUTTON")
        return; // it presses the button
    let action = keys[event.key];
    if (data.nodes && event.key === "u")
        action = undo;
    else if (data.nodes && event.key === "h")
        action = hint;
    else if (data.nodes && /^[1-9]$/.test(event.key))
        action = () => choose(Number(event.key) - 1);
    if (action) {
        event.preventDefault();
        action();
    }
}

function begin() {
    if (data === null || data.version !== 1) {
        element("said").textContent = data === null
            ? "There is no run in this page: interleave show --html FILE makes one."
            : `This page does not know version ${data.version} of the data.`;
        return;
    }
    document.title = data.command.join(" ");
    element("title").textContent = data.command.join(" ");
    document.addEventListener("keydown", pressed);
    element("first").addEventListener("click", keys.Home);
    element("back").addEventListener("click", keys.ArrowLeft);
    element("play").addEventListener("click", playOrPause);
    element("next").addEventListener("click", keys.ArrowRight);
    element("last").addEventListener("click", keys.End);
    element("scrubber").addEventListener("input", (event) => go(Number(event.target.value)));
    element("rows").addEventListener("scroll", () => showRows(false));
    window.addEventListener("beforeprint", () => showRows(true));
    window.addEventListener("afterprint", () => showRows(false));
    window.addEventListener("resize", () => showRows(false));
    element("all").addEventListener("change", (event) => {
        const last = run.shown[run.position - 1];
        run.all = event.target.checked;
        chooseShown();
        chooseLanes();
        go(run.shown.indexOf(last) + 1);
    });
    if (data.nodes) {
        choosePanes();
        beginGame();
        return;
    }
    run.steps = data.steps;
    chooseShown();
    chooseLanes();
    choosePanes();
    element("finding").textContent = data.finding ? data.finding.sentence || data.finding.text : "";
    show();
}

// game.js is there by then.
document.addEventListener("DOMContentLoaded", begin);
