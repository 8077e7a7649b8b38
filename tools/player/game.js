// You are the scheduler: whoever is chosen goes on, and the page goes to what the
// program then did. A game's nodes are what can be come to (FORMAT.md, "A game").
"use strict";

// The moves so far, and, after going back, those that were made then: { node, move }.
// fewest: switches that are enough to lose, with `goal`, how that ends; null: no way.
const game = { path: [], fewest: null, goal: null, helped: false, hinted: null };

function moveOf({ node, move }) {
    return data.nodes[node].moves[move];
}

// Where we are: the number of the node.
function nodeNow() {
    return run.at > 0 ? moveOf(game.path[run.at - 1]).to : 0;
}

// Who made the last step of all that are shown: whoever goes on instead, though this
// one could go on, is a switch. At first main has been running.
function lastOf(steps, before) {
    return steps.findLast((step) => step.shown)?.thread ?? before;
}

function runnerAfter(path) {
    return path.reduce((before, it) => lastOf(moveOf(it).steps, moveOf(it).thread), lastOf(data.start, 0));
}

function runnerNow() {
    return runnerAfter(game.path.slice(0, run.at));
}

// The steps of all moves; one can stop behind each move.
function retrace() {
    const parts = [data.start, ...game.path.map((it) => moveOf(it).steps)];
    let count = 0;
    run.steps = parts.flat();
    run.shown = run.steps.filter((step) => step.shown);
    run.stops = parts.map((part) => count += part.filter((step) => step.shown).length);
}

// ---- the way to lose ----

function isSwitch(node, runner, thread) {
    return thread !== runner && data.nodes[node].moves.some((move) => move.thread === runner);
}

// The way to a finding with the fewest switches: { node, cost, move }, the first move
// of it, or null. Dijkstra's, with costs of 0 and 1: nearer ones go to the front.
function wayToLose(node, runner) {
    const queue = [{ node, runner, cost: 0, move: null }];
    const done = new Set();
    while (queue.length > 0) {
        const it = queue.shift();
        const key = `${it.node} ${it.runner}`;
        if (data.nodes[it.node].end?.wrong)
            return it;
        if (done.has(key))
            continue;
        done.add(key);
        data.nodes[it.node].moves.forEach((move, i) => {
            const switched = isSwitch(it.node, it.runner, move.thread);
            const next = { node: move.to, runner: lastOf(move.steps, move.thread), cost: it.cost + switched, move: it.move ?? i };
            if (switched)
                queue.push(next);
            else
                queue.unshift(next);
        });
    }
    return null;
}

function switches() {
    return game.path.slice(0, run.at).filter((it, i) => isSwitch(it.node, runnerAfter(game.path.slice(0, i)), moveOf(it).thread)).length;
}

// ---- what is said ----

// How the game can be lost, as a task.
function taskOf(end) {
    const expression = /`.*'/s.exec(end.finding)?.[0];
    if (end.kind === "assert" && expression)
        return `make ${expression} fail`;
    return { deadlock: "make a thread wait for ever", crash: "make it crash" }[end.kind] ?? "make it go wrong";
}

function introOfGame() {
    if (game.goal)
        return `You are the scheduler: ${taskOf(game.goal)}. Who goes on?`;
    return data.finding
        ? "You are the scheduler. No order of these steps fails; what is wrong is a data race. Who goes on?"
        : "You are the scheduler. No order of these steps fails. Who goes on?";
}

function countSwitches(count) {
    return count === 0 ? "no switch" : count === 1 ? "1 switch" : `${count} switches`;
}

function switchesNow() {
    const { fewest } = game;
    const isKnown = fewest !== null && (game.helped || data.nodes[nodeNow()].end);
    const enough = fewest === 0 ? "no switch is needed" : fewest === 1 ? "1 is enough" : `${fewest} are enough`;
    return `${countSwitches(switches())} so far${isKnown ? `; ${enough} to lose` : ""}`;
}

function sayGame() {
    const { end } = data.nodes[nodeNow()];
    if (game.hinted)
        return game.hinted.text;
    const steps = (run.at > 0 ? moveOf(game.path[run.at - 1]).steps : data.start).filter((step) => step.shown);
    const which = steps.length > 1 ? `Steps ${position() - steps.length + 1} to ${position()}: ` : `Step ${position()}: `;
    const said = steps.length > 0 ? `${which}${sentencesOf(steps)}.` : "Nothing has happened so far.";
    return end ? `${said} ${end.wrong ? "Here it goes wrong." : `${end.text} Arrow left takes a move back.`}` : said;
}

// Of many steps, which the lanes show, the first, the last, and what goes wrong.
function sentencesOf(steps) {
    const told = steps.filter((step, i) => steps.length <= 3 || step.wrong || i === 0 || i === steps.length - 1);
    return told.map((step, i) => `${i > 0 && steps.indexOf(step) !== steps.indexOf(told[i - 1]) + 1 ? "\u2026; " : ""}${sentenceOf(step)}`).join("; ");
}

// A data race is wrong whatever comes of it.
function findingOfGame() {
    const { end } = data.nodes[nodeNow()];
    if (end && !end.wrong && data.finding)
        return `But there is a data race: ${textOfFinding(data.finding)}`;
    return end?.wrong ? textOfFinding({ kind: end.kind, text: end.finding, sentence: end.text }) : "";
}

// ---- choices ----

// Why a thread cannot be chosen.
function whyNot(thread) {
    return data.nodes[nodeNow()].others.find((it) => it.thread === thread)?.why ?? "is not there yet";
}

// A thread has its number and its place, whether it can go on or not.
function makeChoice(thread) {
    const button = make("button", "", makeName(thread, `${thread + 1} ${nameOf(thread)}`), make("span", "next"));
    button.type = "button";
    button.addEventListener("click", () => choose(thread));
    // The keys stay the page's, or become it: in a slide they have been the slide's.
    button.addEventListener("mousedown", (event) => {
        event.preventDefault();
        window.focus();
    });
    return button;
}

// Who cannot go on can still be looked at, and keeps the focus.
function showChoices(moves) {
    [...element("choices").children].forEach((button, thread) => {
        const move = moves.find((it) => it.thread === thread);
        button.setAttribute("aria-disabled", move === undefined);
        button.className = game.hinted?.thread === thread ? "hinted" : "";
        button.querySelector(".next").textContent = move ? move.next : whyNot(thread);
    });
}

function showGame() {
    if (game.hinted?.at !== run.at)
        game.hinted = null;
    const { moves, end } = data.nodes[nodeNow()];
    showChoices(moves);
    document.body.className = `game${end ? " over" : ""}${run.at === 0 ? " begins" : ""}`;
    element("switches").textContent = switchesNow();
    element("hint").setAttribute("aria-disabled", end !== null);
}

// Whoever goes on goes on here: what was made behind this is another game.
function choose(thread) {
    const node = nodeNow();
    const move = data.nodes[node].moves.findIndex((it) => it.thread === thread);
    if (move < 0)
        return;
    game.path = [...game.path.slice(0, run.at), { node, move }];
    retrace();
    goByHand(run.at + 1);
}

// First it says who; only the second time it does it.
function hint() {
    const { moves, end } = data.nodes[nodeNow()];
    if (end || !game.goal)
        return;
    const move = moves[wayToLose(nodeNow(), runnerNow())?.move];
    if (game.hinted && move) {
        choose(move.thread);
        return;
    }
    const other = moves.find((it) => it.thread === runnerNow() && it !== move);
    const before = other ? `, before ${nameOf(other.thread)} goes on (${other.next})` : "";
    game.helped = true;
    game.hinted = {
        at: run.at, thread: move?.thread,
        text: move ? `Let ${nameOf(move.thread)} go on here (${move.next})${before}.` : "From here it cannot go wrong any more: go back.",
    };
    goByHand(run.at);
}

function gameKey(key) {
    const actions = { u: keys.ArrowLeft, h: hint };
    return /^[1-9]$/.test(key) ? () => choose(Number(key) - 1) : actions[key];
}

function beginGame() {
    const way = wayToLose(0, runnerNow());
    game.fewest = way?.cost ?? null;
    game.goal = way && data.nodes[way.node].end;
    element("game").hidden = element("game-keys").hidden = false;
    element("every").hidden = true;
    element("unit").textContent = "move";
    element("choices").replaceChildren(...data.threads.map((_, thread) => makeChoice(thread)));
    element("hint").addEventListener("click", hint);
    element("help").hidden = game.goal === null;
    element("intro").textContent = introOfGame();
    retrace();
}
