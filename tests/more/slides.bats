#!/usr/bin/env bats
# The lectures in a browser: they are built, fit their frames, and can be read by all.
load ../lib/kit
load ../lib/browser

clean_up() {
    close_browser
}

@test "make slides builds all lectures, and nothing leaves its frame" {
    local lecture
    rm -rf build/slides
    make --silent slides
    for lecture in slides/0*.md; do
        [[ -f build/slides/$(basename "$lecture" .md).html ]]
        [[ -f build/slides/$(basename "$lecture" .md).pdf ]]
    done
}

@test "what leaves its slide, is too long, or too small is said" {
    tools/setup slides browser
    { printf -- '---\ntheme: box-office\n---\n\n## A slide\n\n' && printf 'word %.0s' {1..60} &&
        printf '\n\n<p style="font-size: 12px">tiny</p>\n\n<div style="height: 900px">tall</div>\n'; } >"$scratch/bad.md"
    run tools/slides/measure "$scratch/bad.md"
    assert_failure 1
    assert_line --partial 'bad.md: slide 1: div leaves the slide: tall'
    assert_line --partial 'too small (12 px): tiny'
    assert_line --regexp 'slide 1: [0-9]+ words'
}

@test "axe finds no contrast that is too low, and no picture without words" {
    local lecture
    open_browser
    for lecture in slides/0*.md; do
        awk -f tools/slides/plot.awk -f tools/slides/render.awk "$lecture" >"$scratch/lecture.md"
        build/npm/node_modules/.bin/marp --no-stdin --html --template bare --theme-set tools/slides/theme.css \
            -o "$scratch/lecture.html" "$scratch/lecture.md" 2>/dev/null </dev/null
        open_page "$scratch/lecture.html"
        run evaluate_with build/npm/node_modules/axe-core/axe.min.js 'axe.run({runOnly: ["color-contrast",
            "image-alt", "role-img-alt", "svg-img-alt", "frame-title", "link-name"]}).then(result =>
            arguments[0](result.violations.map(v => v.id + ": " + v.nodes[0].html)))'
        [[ $output == '[]' ]] || { echo "$lecture: $output" && return 1; }
    done
}
