// The player: a run of a program, step by step, and, for small programs, a game in
// which the audience decides who goes on (game.js). panes.js shows where we are.
//
// The data, in the element #data, are what `interleave show --json` writes (see
// tools/interleave/FORMAT.md). Nothing here makes up a step: all that is shown the
// program has done.
"use strict";

const PLAY_EVERY = 900; // ms

// ---- where we are ----

// The steps that are gone through: those that matter, or all.
function chooseShown() {
    run.shown = run.all ? run.steps : run.steps.filter((step) => step.shown);
    run.stops = [...run.shown.keys(), run.shown.length];
}

function go(stop) {
    run.at = Math.min(Math.max(stop, 0), run.stops.length - 1);
    show();
}

// What somebody wants ends the playing.
function goByHand(stop) {
    pause();
    go(stop);
}

// Behind the step, or, if it is in the middle of a move, behind that.
function goBehind(index) {
    goByHand(run.stops.findIndex((stop) => stop > index));
}

// Where we were, or at the nearest step before that is shown.
function showEveryStep(all) {
    const last = run.shown[position() - 1];
    const past = new Set(run.steps.slice(0, run.steps.indexOf(last) + 1));
    run.all = all;
    chooseShown();
    goByHand(run.shown.filter((step) => past.has(step)).length);
}

// ---- what is said ----

function sentenceOf(step) {
    const file = Object.keys(data.sources).length > 1 ? `${step.file} ` : "";
    const where = step.line ? `, ${file}line ${step.line}` : "";
    const isDeed = step.deed !== "failure" || /^(waits|goes on) /.test(step.words);
    return `${nameOf(step.thread)}${isDeed ? "" : ":"} ${step.words}${where}`;
}

function sayRun() {
    const last = run.shown[position() - 1];
    if (!last)
        return `${run.shown.length} steps. Arrow right begins.`;
    return `Step ${position()}: ${sentenceOf(last)}.${last.wrong ? " Here it goes wrong." : ""}`;
}

// The end is told when it has come: with the last step that is wrong.
function findingOfRun() {
    const wrong = run.shown.findLastIndex((step) => step.wrong);
    const end = wrong < 0 ? run.shown.length : wrong + 1;
    return data.finding && position() >= end ? textOfFinding(data.finding) : "";
}

// What was found, with the assertion's own text, which the sentence may lack.
function textOfFinding({ kind, text, sentence }) {
    if (!sentence)
        return text;
    return kind === "assert" && !sentence.includes("`") ? `${text}: ${sentence}` : sentence;
}

// A control that has nothing to do says so. The focus must not be lost with it.
function showControls() {
    const { at, stops } = run;
    const scrubber = element("scrubber");
    for (const [id, off] of [["first", at === 0], ["back", at === 0], ["next", at === stops.length - 1], ["last", at === stops.length - 1]])
        element(id).setAttribute("aria-disabled", off);
    element("where").textContent = `${at} of ${stops.length - 1}`;
    scrubber.max = stops.length - 1;
    scrubber.value = at;
    scrubber.setAttribute("aria-valuetext", element("said").textContent);
}

// The text first: how high it is decides how much room the source has.
function show() {
    if (isGame)
        showGame();
    element("said").textContent = isGame ? sayGame() : sayRun();
    element("said").className = isGame && game.hinted ? "hint" : "";
    element("finding").textContent = isGame ? findingOfGame() : findingOfRun();
    showControls();
    showPanes();
}

// ---- playing ----

let timer = null;

function showPlaying() {
    element("play").querySelector("i").textContent = timer === null ? "\u25b6" : "\u25a0";
    element("play").querySelector("span").textContent = timer === null ? " play" : " stop";
}

function pause() {
    clearInterval(timer);
    timer = null;
    showPlaying();
}

function playOrPause() {
    if (timer !== null) {
        pause();
        return;
    }
    if (run.stops.length === 1)
        return;
    if (run.at === run.stops.length - 1)
        go(0);
    timer = setInterval(() => {
        go(run.at + 1);
        if (run.at === run.stops.length - 1)
            pause();
    }, PLAY_EVERY);
    showPlaying();
}

// ---- keys ----

// To the slide around the page, if there is one.
function giveFocusBack() {
    document.activeElement?.blur();
    window.parent.focus();
}

const keys = {
    ArrowRight: () => goByHand(run.at + 1),
    ArrowLeft: () => goByHand(run.at - 1),
    Home: () => goByHand(0),
    End: () => goByHand(run.stops.length - 1),
    " ": playOrPause,
    Escape: giveFocusBack,
};
keys.PageDown = keys.ArrowRight; // a presenter's clicker
keys.PageUp = keys.ArrowLeft;

// What the element under the focus does with the key itself.
function isUsed(target, key) {
    if (target.tagName === "SELECT")
        return !/^(Escape|Page)/.test(key);
    if (target.type === "range")
        return /^(Arrow|Home|End)/.test(key);
    if (target.type === "checkbox" || target.tagName === "BUTTON")
        return key === " ";
    return /^Arrow/.test(key) && target.scrollWidth > target.clientWidth;
}

function pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || isUsed(event.target, event.key))
        return;
    const action = keys[event.key] ?? (isGame ? gameKey(event.key.toLowerCase()) : undefined);
    if (action) {
        event.preventDefault();
        action();
    }
}

// ---- the beginning ----

function listen() {
    document.addEventListener("keydown", pressed);
    for (const [id, key] of [["first", "Home"], ["back", "ArrowLeft"], ["play", " "], ["next", "ArrowRight"], ["last", "End"]])
        element(id).addEventListener("click", keys[key]);
    element("scrubber").addEventListener("input", (event) => goByHand(Number(event.target.value)));
    element("all").addEventListener("change", (event) => showEveryStep(event.target.checked));
    window.addEventListener("beforeprint", () => printAll(true));
    window.addEventListener("afterprint", () => printAll(false));
    window.addEventListener("resize", () => element("panes").className !== roomForSources() && showSources());
}

// On paper there is all of a run; of a game, what has been played.
function printAll(begins) {
    if (begins)
        printAll.at = run.at;
    run.whole = begins;
    go(begins && !isGame ? run.stops.length - 1 : printAll.at);
}

function beginRun() {
    run.steps = data.steps;
    chooseShown();
    element("intro").textContent = "A run, step by step. Every step was carried out by the real program.";
}

function begin() {
    document.documentElement.classList.toggle("embedded", window.parent !== window);
    if (data === null || data.version !== 1) {
        element("controls").hidden = element("panes").hidden = true;
        element("said").textContent = data === null
            ? "There is no run in this page: interleave show --html FILE makes one."
            : `This page does not know version ${data.version} of the data.`;
        return;
    }
    document.title = data.title ?? data.command[0].split("/").at(-1);
    element("title").textContent = document.title;
    if (isGame)
        beginGame();
    else
        beginRun();
    beginPanes();
    listen();
    show();
}

begin();
