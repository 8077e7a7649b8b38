// You are the scheduler: whoever is chosen goes on, and the page goes to what the
// program then did. A game's nodes are what can be come to (FORMAT.md, "A game").
"use strict";

const game = { path: [], fewest: null }; // the moves so far: { node, move }

function allSteps() {
    return data.nodes.flatMap((node) => node.moves.flatMap((move) => move.steps));
}

function nodeNow() {
    const last = game.path.at(-1);
    return last ? data.nodes[data.nodes[last.node].moves[last.move].to] : data.nodes[0];
}

function nodeNumber() {
    const last = game.path.at(-1);
    return last ? data.nodes[last.node].moves[last.move].to : 0;
}

// The way to a finding with the fewest switches: { cost, move }, the first move of it,
// or null. Dijkstra's, with costs of 0 and 1: nearer ones go to the front.
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

function lastMover() {
    const last = game.path.at(-1);
    return last ? data.nodes[last.node].moves[last.move].thread : null;
}

function switches() {
    const threads = game.path.map((it) => data.nodes[it.node].moves[it.move].thread);
    return threads.filter((thread, i) => i > 0 && thread !== threads[i - 1]).length;
}

function showGame() {
    const node = nodeNow();
    run.steps = [...data.start, ...game.path.flatMap((it) => data.nodes[it.node].moves[it.move].steps)];
    chooseShown();
    run.position = run.shown.length;
    element("choices").replaceChildren(...node.moves.map((move, i) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${i + 1}: ${nameOf(move.thread)}${move.next ? `  (${move.next})` : ""}`;
        button.addEventListener("click", () => choose(i));
        return button;
    }));
    element("switches").textContent = `${switches()} switches so far` +
        (game.fewest === null ? "" : `; ${game.fewest} are enough to lose`);
    element("finding").textContent = node.end?.wrong ? node.end.text : "";
    show();
    if (node.end)
        element("said").textContent = `${node.end.text} ${switches()} switches. Undo, or begin again.`;
    element("hint").disabled = wayToLose(nodeNumber(), lastMover())?.move == null;
}

function choose(index) {
    if (index >= nodeNow().moves.length)
        return;
    game.path.push({ node: nodeNumber(), move: index });
    showGame();
}

function undo() {
    game.path.pop();
    showGame();
}

function hint() {
    const way = wayToLose(nodeNumber(), lastMover());
    if (way?.move != null)
        choose(way.move);
}

function beginGame() {
    element("game").hidden = false;
    element("game-keys").hidden = false;
    element("undo").addEventListener("click", undo);
    element("hint").addEventListener("click", hint);
    element("again").addEventListener("click", () => {
        game.path = [];
        showGame();
    });
    game.fewest = wayToLose(0, null)?.cost ?? null;
    chooseLanes();
    showGame();
}
