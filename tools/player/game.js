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

function lastMover() {
    return run.at > 0 ? moveOf(game.path[run.at - 1]).thread : null;
}

// That a thread begins and gets its name, everybody sees in the lanes.
function isVisible(step) {
    return step.deed !== "start" && step.deed !== "name";
}

// The steps of all moves; one can stop behind each move.
function retrace() {
    const parts = [data.start, ...game.path.map((it) => moveOf(it).steps)].map((steps) => steps.filter(isVisible));
    let count = 0;
    run.shown = run.steps = parts.flat();
    run.stops = parts.map((part) => count += part.length);
}

// ---- the way to lose ----

// The way to a finding with the fewest switches: { node, cost, move }, the first move
// of it, or null. Dijkstra's, with costs of 0 and 1: nearer ones go to the front.
function wayToLose(node, thread) {
    const queue = [{ node, thread, cost: 0, move: null }];
    const done = new Set();
    while (queue.length > 0) {
        const it = queue.shift();
        const key = `${it.node} ${it.thread}`;
        if (data.nodes[it.node].end?.wrong)
            return it;
        if (done.has(key))
            continue;
        done.add(key);
        data.nodes[it.node].moves.forEach((move, i) => {
            const switched = it.thread !== null && it.thread !== move.thread;
            const next = { node: move.to, thread: move.thread, cost: it.cost + switched, move: it.move ?? i };
            if (switched)
                queue.push(next);
            else
                queue.unshift(next);
        });
    }
    return null;
}

function switches() {
    const threads = game.path.slice(0, run.at).map((it) => moveOf(it).thread);
    return threads.filter((thread, i) => i > 0 && thread !== threads[i - 1]).length;
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
    if (end && !end.wrong)
        return `${data.finding && !game.goal ? "It is over, and nothing has failed in this order. What is wrong is a data race." : end.text} Arrow left takes a move back.`;
    const all = run.at > 0 ? moveOf(game.path[run.at - 1]).steps : data.start;
    const steps = all.filter(isVisible);
    if (all.length === 0)
        return "Nothing has happened so far.";
    const which = steps.length > 1 ? `Steps ${position() - steps.length + 1} to ${position()}: ` : steps.length === 1 ? `Step ${position()}: ` : "";
    const wrong = end?.wrong ? " Here it goes wrong." : "";
    return `${which}${sentencesOf(steps.length > 0 ? steps : all)}.${wrong}`;
}

// Of many steps, which the lanes show, the first and the last.
function sentencesOf(steps) {
    const sentences = steps.map(sentenceOf);
    return (sentences.length > 3 ? [sentences[0], "\u2026", sentences.at(-1)] : sentences).join("; ");
}

function findingOfGame() {
    const { end } = data.nodes[nodeNow()];
    if (end && !end.wrong && data.finding && !game.goal)
        return textOfFinding(data.finding);
    return end?.wrong ? textOfFinding({ kind: end.kind, text: end.finding, sentence: end.text }) : "";
}

// ---- choices ----

// Why a thread cannot be chosen.
function whyNot(thread) {
    const past = [...data.start, ...game.path.slice(0, run.at).flatMap((it) => moveOf(it).steps)];
    const own = past.filter((step) => step.thread === thread);
    const wait = past.at(-1)?.waits.find((it) => it.thread === thread);
    if (own.length === 0 && thread !== 0)
        return "is not there yet";
    if (own.some((step) => step.deed === "finish"))
        return "has ended";
    return wait ? reasonOf(wait) : data.nodes[nodeNow()].end ? "it is over" : "cannot go on now";
}

// A thread has its number and its place, whether it can go on or not.
function makeChoice(thread) {
    const button = make("button", "", makeName(thread, `${thread + 1} ${nameOf(thread)}`), make("span", "next"));
    button.type = "button";
    button.addEventListener("click", () => choose(thread));
    return button;
}

function showChoices(moves) {
    const buttons = [...element("choices").children];
    const had = buttons.indexOf(document.activeElement);
    buttons.forEach((button, thread) => {
        const move = moves.find((it) => it.thread === thread);
        button.disabled = move === undefined;
        button.className = game.hinted?.thread === thread ? "hinted" : "";
        button.querySelector(".next").textContent = move ? move.next : whyNot(thread);
    });
    if (had >= 0 && buttons[had].disabled)
        (buttons.find((button) => !button.disabled) ?? element("back")).focus();
}

function showGame() {
    if (game.hinted?.at !== run.at)
        game.hinted = null;
    showChoices(data.nodes[nodeNow()].moves);
    element("switches").textContent = switchesNow();
    element("hint").setAttribute("aria-disabled", wayToLose(nodeNow(), lastMover())?.move == null);
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
    const moves = data.nodes[nodeNow()].moves;
    const move = moves[wayToLose(nodeNow(), lastMover())?.move];
    if (data.nodes[nodeNow()].end)
        return;
    if (game.hinted && move) {
        choose(move.thread);
        return;
    }
    const other = moves.find((it) => it.thread === lastMover() && it !== move);
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
    const way = wayToLose(0, null);
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
