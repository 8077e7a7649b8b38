#!/usr/bin/env bats
# The player, in a browser: a run step by step, and the audience as the scheduler.
load lib/kit
load lib/browser

# The pages that more than one test opens.
setup_file() {
    local demo
    export PAGES
    PAGES=$(mktemp -d)
    make --no-print-directory --silent shown-demos
    for demo in 01-lost-update 05-abba-deadlock; do
        build/bin/interleave play --html "$PAGES/$demo.game.html" --title 'A <b> & two' "build/demos/$demo/racy.O0.interleave"
        build/bin/interleave show --ignore-races --html "$PAGES/$demo.run.html" "slides/demos/$demo/losing.sched" \
            "build/demos/$demo/racy.O0.interleave"
    done
    tools/demo.d/play flag-publish "$PAGES/flag-publish.html" >"$PAGES/said"
    open_browser
}

teardown_file() {
    close_browser
    rm -rf "$PAGES"
}

# One browser for all: as large as it was, and without complaints. The page is another
# test's until the first is opened.
prepare() {
    webdriver frame '{"id": null}' >/dev/null
    webdriver window/rect '{"width": 1300, "height": 900}' >/dev/null
    webdriver se/log '{"type": "browser"}' >/dev/null
}

said() {
    evaluate 'return document.getElementById("said").textContent'
}

where() {
    evaluate 'return document.getElementById("where").textContent'
}

@test "a page without data, or with data of another version, says so" {
    cp tools/player/*.{html,css,js} "$scratch"
    open_page "$scratch/player.html"
    assert_equal "$(said)" 'There is no run in this page: interleave show --html FILE makes one.'
    sed 's/"version":1/"version":7/' "$PAGES/01-lost-update.run.html" >"$scratch/later.html"
    open_page "$scratch/later.html"
    assert_equal "$(said)" 'This page does not know version 7 of the data.'
}

@test "a run: keys go through it, each step is a sentence, the end is what went wrong" {
    open_page "$PAGES/01-lost-update.run.html"
    assert_equal "$(where)" '0 of 6'
    type_keys "$right"
    [[ $(said) == 'Step 1: '*' reads sold -> 0, line 11.' ]]
    type_keys "$end"
    assert_equal "$(where)" '6 of 6'
    [[ $(said) == *'assertion fails'*'Here it goes wrong.' ]]
    [[ $(evaluate 'return document.getElementById("finding").textContent') == *'(lost update)'* ]]
    [[ $(evaluate 'return document.getElementById("variables").textContent') == *sold1* ]]
    type_keys "$left$left$home"
    assert_equal "$(where)" '0 of 6'
    assert_equal "$(console)" ''
}

@test "a run: clicks, the scrubber, a row; source of both threads; locks and who waits" {
    open_page "$PAGES/05-abba-deadlock.run.html"
    click last
    [[ $(evaluate 'return document.getElementById("locks").textContent') == *'waits for seats[7].lock, which bob holds'* ]]
    run evaluate 'return [...document.querySelectorAll(".here, .now")].map((line) => line.textContent.trim()).join("|")'
    assert_output --partial 'pthread_mutex_lock(&to->lock);alicebob'
    click first
    evaluate 'const it = document.getElementById("scrubber"); it.value = 2; it.dispatchEvent(new Event("input"))' >/dev/null
    [[ $(where) == '2 of '* ]]
    assert_equal "$(evaluate 'return document.querySelectorAll(".row").length')" 2 # what is to come is not there
    evaluate 'document.querySelectorAll(".row")[0].click()' >/dev/null
    [[ $(where) == '1 of '* ]]
    assert_equal "$(console)" ''
}

@test "the game: hints lead to the losing end of each demo with the fewest switches" {
    local demo
    for demo in 01-lost-update 05-abba-deadlock; do
        open_page "$PAGES/$demo.game.html"
        type_keys "$(printf 'h%.0s' {1..40})"
        [[ $(evaluate 'return document.getElementById("finding").textContent') != '' ]]
        run evaluate 'return document.getElementById("switches").textContent'
        assert_output '1 switch so far; 1 is enough to lose'
        assert_equal "$(console)" ''
    done
}

@test "a hint marks first, the second one moves; capitals and a clicker do as well" {
    open_page "$PAGES/01-lost-update.game.html"
    type_keys H
    assert_equal "$(where)" '0 of 0'
    assert_equal "$(evaluate 'return document.querySelectorAll("#choices .hinted").length')" 1
    type_keys H
    assert_equal "$(where)" '1 of 1'
    type_keys U
    assert_equal "$(where)" '0 of 1'
    type_keys "$page_down"
    assert_equal "$(where)" '1 of 1'
    type_keys "$page_up"
    assert_equal "$(where)" '0 of 1'
}

@test "the keys go on working behind a click on each control; Esc gives them back" {
    local id
    open_page "$PAGES/01-lost-update.run.html"
    for id in first scrubber all rows next; do
        type_keys "$home"
        evaluate "const it = document.getElementById('$id'); it.focus(); it.click()" >/dev/null
        type_keys "$home$page_down$page_down$page_up"
        [[ $(where) == '1 of '* ]] || fail "$id: $(where)"
    done
    evaluate 'document.getElementById("next").focus()' >/dev/null
    type_keys "$escape"
    assert_equal "$(evaluate 'return document.activeElement.tagName')" BODY
}

@test "every step, and back: where we are stays" {
    local script='return document.getElementById("said").textContent.replace(/^Step [0-9]+: /, "")' before
    open_page "$PAGES/01-lost-update.run.html"
    type_keys "$right$right"
    before=$(evaluate "$script")
    click all
    [[ $(where) != '2 of 6' && $(evaluate "$script") == "$before" ]]
    click all
    assert_equal "$(where)" '2 of 6'
    click all
    evaluate 'goByHand(run.steps.findLastIndex((step) => !step.shown) + 1)' >/dev/null # main joins
    click all
    assert_equal "$(where)" '4 of 6'
}

@test "after going back another choice begins another game" {
    open_page "$PAGES/01-lost-update.game.html"
    type_keys "23${left}3"
    assert_equal "$(where)" '2 of 2'
    type_keys "$home"2
    assert_equal "$(where)" '1 of 1'
    assert_equal "$(console)" ''
}

@test "the end: the line that fails and the last step are in sight" {
    local page
    for page in 01-lost-update.run 05-abba-deadlock.game; do
        open_page "$PAGES/$page.html"
        type_keys "$end$(printf 'h%.0s' {1..40})"
        run evaluate 'const inside = (it, box) => it.top >= box.top - 1 && it.bottom <= box.bottom + 1;
            const rect = (what) => document.querySelector(what).getBoundingClientRect();
            return [inside(rect("#source li.now"), rect("#source .code")), inside(rect(".row:last-child"), rect("#rows")),
                document.documentElement.scrollHeight <= window.innerHeight].join()'
        assert_output true,true,true
    done
}

@test "a game whose harm is a data race says so, and not that all is well" {
    open_page "$PAGES/flag-publish.html"
    [[ $(evaluate 'return document.getElementById("intro").textContent') == *'what is wrong is a data race.'* ]]
    type_keys 222222111111
    [[ $(said) == *'It is over, and nothing has failed. '* ]]
    run evaluate 'return document.getElementById("finding").textContent'
    assert_output --regexp '^But there is a data race: .*nothing orders the two \(data race\)\.$'
    type_keys "$home"h # there is nothing to lead to
    [[ $(said) == 'Nothing has happened so far.' ]]
}

@test "a game that can be lost, and is not, does not hide the data race" {
    open_page "$PAGES/01-lost-update.game.html"
    type_keys 223333
    [[ $(said) == *'It is over, and nothing has failed. '* ]]
    [[ $(evaluate 'return document.getElementById("finding").textContent') == 'But there is a data race: '* ]]
}

@test "the steps of a game are those of a run, whoever has come there first" {
    lose() { # <demo>: what the lanes show in the end
        build/bin/interleave play --ignore-races --html "$scratch/page.html" "build/demos/$1/racy.O0.interleave"
        open_page "$scratch/page.html"
        type_keys "$(printf 'h%.0s' {1..60})"
        run evaluate 'return [...document.querySelectorAll(".row .words")].map((row) => row.textContent).join("|")'
    }
    lose 02-double-booking
    assert_output --partial 'bob writes bob.promised -> true'
    lose 13-use-after-free
    assert_output --partial 'alice reads watcher -> &watcher#1|'
    assert_output --partial 'bob frees watcher#1|'
    refute_output --partial 'bob writes watcher#1'
    lose 08-stolen-wakeup
    assert_output --regexp 'alice reads seats -> 0.*main writes seats -> 1.*alice writes seats -> -1'
}

@test "what is freed is shown as freed, and who has ended stands nowhere" {
    build/bin/interleave show --html "$scratch/page.html" slides/demos/13-use-after-free/losing.sched build/demos/13-use-after-free/racy.O0.interleave
    open_page "$scratch/page.html"
    type_keys "$end"
    run evaluate 'return [...document.querySelectorAll("#variables tr")].map((row) => row.textContent).join("|")'
    assert_output --partial 'watcher#1.eventsfreed'
    open_page "$PAGES/01-lost-update.run.html"
    type_keys "$end"
    run evaluate 'return [...document.querySelectorAll("#source li .thread")].map((it) => it.textContent).join()'
    assert_output main
}

@test "two panes where there is room: each stays with a thread, and shows its line" {
    webdriver window/rect '{"width": 1900, "height": 900}' >/dev/null
    open_page "$PAGES/01-lost-update.game.html"
    local script='return [...document.querySelectorAll(".source .about")].map((it) => it.textContent).join()'
    type_keys 23
    assert_equal "$(evaluate "$script")" alice,bob
    type_keys 3
    assert_equal "$(evaluate "$script")" ',main' # both have ended; main has come to where one was
    type_keys "$left"
    run evaluate 'return [...document.querySelectorAll(".source")].every((it) => {
        const line = it.querySelector("li.now, li.here").getBoundingClientRect(), box = it.querySelector(".code").getBoundingClientRect();
        return line.top >= box.top && line.bottom <= box.bottom; })'
    assert_output true
    webdriver window/rect '{"width": 1000, "height": 700}' >/dev/null
    assert_equal "$(evaluate 'return getComputedStyle(document.getElementById("left")).display')" none
}

@test "who cannot go on says why, keeps the focus, and does nothing" {
    open_page "$PAGES/05-abba-deadlock.game.html"
    run evaluate 'return [...document.querySelectorAll("#choices .next")].map((it) => it.textContent).join("|")'
    assert_output 'waits for the end of alice|line 17: locks seats[3].lock|line 17: locks seats[7].lock'
    evaluate 'document.querySelectorAll("#choices button")[1].focus()' >/dev/null
    type_keys "$enter$enter$enter$enter$enter$enter"
    assert_equal "$(evaluate 'return document.activeElement.textContent')" '2 alicehas ended'
}

@test "what is printed is there, with who has printed it" {
    build/bin/interleave play --html "$scratch/page.html" build/demos/16-signal-handler/racy.O0.interleave
    open_page "$scratch/page.html"
    type_keys 2111111
    assert_equal "$(evaluate 'return document.getElementById("output").textContent')" 'main: "0 sold\n"'
}

@test "what went wrong is told to who does not see it" {
    open_page "$PAGES/01-lost-update.game.html"
    assert_equal "$(evaluate 'return document.getElementById("finding").ariaLive')" polite
    type_keys 2322
    assert_equal "$(said)" 'Steps 3 to 6: alice writes sold -> 1, line 11; bob writes sold -> 1, line 11; …; main: assertion fails, line 23. Here it goes wrong.'
}

@test "in a slide it is as large as the slide's text, and a click on a choice gives it the keys" {
    printf '<!DOCTYPE html><html lang="en"><title>A slide</title><iframe src="%s" title="A game" width="1160" height="570"></iframe>' \
        "file://$PAGES/01-lost-update.game.html" >"$scratch/slide.html"
    webdriver window/rect '{"width": 1280, "height": 900}' >/dev/null
    open_page "$scratch/slide.html"
    local x y
    read -r x y < <(evaluate 'const it = document.querySelector("iframe").getBoundingClientRect(); return `${Math.round(it.x + 500)} ${Math.round(it.y + 90)}`')
    webdriver actions "$(jq -n --argjson x "$x" --argjson y "$y" '{actions: [{type: "pointer", id: "mouse", actions: [
        {type: "pointerMove", x: $x, y: $y}, {type: "pointerDown", button: 0}, {type: "pointerUp", button: 0}]}]}')" >/dev/null
    type_keys 32
    webdriver frame '{"id": 0}' >/dev/null
    [[ $(where) == '3 of 3' ]]
    run evaluate 'const text = [...document.querySelectorAll("*")].filter((it) => it.offsetParent !== null
            && [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
        return text.filter((it) => parseFloat(getComputedStyle(it).fontSize) < 26.6).map((it) => it.outerHTML.slice(0, 60)).join()
            + (document.documentElement.scrollHeight > innerHeight ? "has to be scrolled" : "")'
    assert_output ''
}

@test "on a telephone the choices do not cover the last step" {
    local size
    for size in 390,981 844,527; do # with the window's own 137
        webdriver window/rect "{\"width\": ${size%,*}, \"height\": ${size#*,}}" >/dev/null
        open_page "$PAGES/05-abba-deadlock.game.html"
        type_keys 23
        run evaluate 'const row = document.querySelector(".row:last-child"); row.scrollIntoView({block: "nearest"});
            return row.getBoundingClientRect().bottom <= document.getElementById("game").getBoundingClientRect().top'
        assert_output true
    done
}

@test "who locks what it holds waits for itself" {
    build/bin/interleave show --html "$scratch/page.html" slides/demos/06-self-deadlock/losing.sched \
        build/demos/06-self-deadlock/racy.O0.interleave
    open_page "$scratch/page.html"
    type_keys "$end"
    [[ $(evaluate 'return document.getElementById("locks").textContent') == *'alice waits for lock, which it holds itself'* ]]
}

@test "--title is the page's; one that is no text: one sentence, exit status 2" {
    open_page "$PAGES/01-lost-update.game.html"
    assert_equal "$(evaluate 'return document.title')" 'A <b> & two'
    run build/bin/interleave play --html "$scratch/other.html" --title $'\xff' build/demos/01-lost-update/racy.O0.interleave
    assert_failure 2
    assert_output 'interleave: the title is not UTF-8 text'
}

@test "make play writes the page of a demo; without a demo: one sentence, exit status 2" {
    run tools/demo.d/play '' "$scratch/page.html"
    assert_failure 2
    assert_equal "$(cat "$PAGES/said")" "open $PAGES/flag-publish.html in a browser"
    open_page "$PAGES/flag-publish.html"
    assert_equal "$(evaluate 'return document.title')" 'volatile is not atomic'
}

@test "the game: whoever is chosen goes on, undo takes it back, and all can end well" {
    open_page "$PAGES/01-lost-update.game.html"
    local before
    before=$(evaluate 'return document.getElementById("choices").textContent')
    type_keys 2
    [[ $(evaluate 'return document.getElementById("choices").textContent') != "$before" ]]
    type_keys u
    assert_equal "$(evaluate 'return document.getElementById("choices").textContent')" "$before"
    type_keys 2233
    [[ $(said) == *'It is over, and nothing has failed. '* ]]
}

@test "what the page shows is what the program does: the same choices by hand end the same" {
    local finding
    open_page "$PAGES/01-lost-update.game.html"
    type_keys "$(printf 'h%.0s' {1..30})"
    finding=$(evaluate 'return document.getElementById("finding").textContent')
    evaluate 'return game.path.map((it) => data.nodes[it.node].moves[it.move].thread).join("\n")' >"$scratch/choices"
    run build/bin/interleave play build/demos/01-lost-update/racy.O0.interleave <"$scratch/choices"
    assert_failure 1
    [[ $(tr -s ' \n' ' ' <<<"$output") == *"${finding#assertion *: }"* ]]
}

@test "of 10,000 steps only the rows that can be seen are there" {
    local script='return document.querySelectorAll(".row").length'
    sed -n 's|^.*id="data">\(.*\)</script>$|\1|p' "$PAGES/01-lost-update.run.html" |
        jq -c '.steps as $steps | .steps = [range(10000) as $i | $steps[$i % ($steps | length)] | .shown = true]' >"$scratch/long.json"
    awk -v file="$scratch/long.json" '/id="data"/ { getline data < file; print "<script type=\"application/json\" id=\"data\">" data "</script>"; next } { print }' \
        "$PAGES/01-lost-update.run.html" >"$scratch/long.html"
    open_page "$scratch/long.html"
    click last
    assert_equal "$(where)" '10000 of 10000'
    (($(evaluate "$script") < 100))
}

@test "a text of the program's cannot end the data" {
    cat >"$scratch/rude.c" <<'END'
#include <pthread.h>
#include <stdio.h>
static int x;
static void *run(void *p) { x++; puts("</script><b>bold</b>"); return p; }
int main(void) { pthread_t t; pthread_create(&t, NULL, run, NULL); x++; pthread_join(t, NULL); return 0; }
END
    build/bin/interleave cc -o "$scratch/rude" "$scratch/rude.c"
    echo 'T1 until end' >"$scratch/sched"
    build/bin/interleave show --ignore-races --html "$scratch/rude.html" "$scratch/sched" "$scratch/rude"
    open_page "$scratch/rude.html"
    click last
    assert_equal "$(evaluate 'return [...document.querySelectorAll("b")].filter((it) => it.textContent === "bold").length')" 0
    [[ $(evaluate 'return document.querySelector("#source .code").textContent') == *'</script><b>bold</b>'* ]]
    assert_equal "$(console)" ''
}

@test "axe finds nothing that keeps people out, in a run, in a game, in a report" {
    local page axe=build/npm/node_modules/axe-core/axe.min.js
    tools/report/report --out "$scratch/out" --detectors tsan --html "$scratch/report.html" --demo 01 >/dev/null || true
    for page in "$PAGES/01-lost-update.run.html" "$PAGES/05-abba-deadlock.game.html" "$scratch/report.html"; do
        open_page "$page"
        run evaluate_with "$axe" 'const done = arguments[arguments.length - 1];
            axe.run().then((it) => done(it.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 80))])))'
        assert_output '[]'
    done
}
