#!/usr/bin/env bats
# The game of every demo, in a browser.
load ../lib/kit
load ../lib/browser

clean_up() {
    close_browser
}

@test "hints lead to the losing end of every demo, with the fewest switches" {
    local demo
    open_browser
    for demo in slides/demos/*/; do
        # Of one whose harm is the race itself the game has no losing end.
        [[ $(jq -r .finding "$demo/demo.json") != race ]] || continue
        tools/demo.d/play "$(basename "$demo")" "$scratch/page.html"
        open_page "$scratch/page.html"
        type_keys "$(printf 'h%.0s' {1..80})"
        [[ $(evaluate 'return document.getElementById("finding").textContent') != '' ]] || fail "$demo"
        run evaluate 'return document.getElementById("switches").textContent'
        assert_output --regexp '^(([0-9]+) switch(es)? so far; \2 (is|are) enough|no switch so far; no switch is needed) to lose$'
        assert_equal "$(console)" ''
    done
}
