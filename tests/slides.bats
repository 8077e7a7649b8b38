#!/usr/bin/env bats
# The lectures: what they show comes from where they say, and all that they promise is
# in them. What takes a browser is in tests/more/slides.bats.
load lib/kit

lectures=(slides/0*.md)

# A lecture of one slide, with one fence.
lecture() { # <words of the fence> <line>...
    { printf '## A slide\n\n```%s\n' "$1" && printf '%s\n' "${@:2}" && echo '```'; } >"$scratch/lecture.md"
}

# ---- misuse ----

@test "fences and slides: a wrong word or a file that there is not: exit status 2" {
    run tools/slides/fences look slides/01-addresses.md
    assert_failure 2
    assert_output "fences: usage: fences check|update FILE.md..."
    run tools/slides/slides slides/nothing.md
    assert_failure 2
    assert_output "slides: there is no lecture 'slides/nothing.md'"
    run tools/slides/slides --pdf
    assert_failure 2
}

@test "serve: a lab without a server, a port that is none: one sentence, exit status 2" {
    run tools/serve 1
    assert_failure 2
    assert_output "serve: lab 01-client has no server (make serve LAB=03)"
    run tools/serve 3 http
    assert_failure 2
    assert_output "serve: PORT is a number up to 65535, not 'http'"
}

# ---- what drifts ----

@test "code without a source fails" {
    lecture c 'int x;'
    run tools/slides/fences check "$scratch/lecture.md"
    assert_failure 1
    assert_output --partial "lecture.md:3: a fence of 'c' does not say where its content comes from"
}

@test "an anchor, a file or a line to mark that is lost fails, with the line of the fence" {
    lecture 'c slides/demos/01-lost-update/racy.c#nobody' ''
    run tools/slides/fences check "$scratch/lecture.md"
    assert_failure 1
    assert_output --partial "lecture.md:3: slides/demos/01-lost-update/racy.c has no 'nobody' any more"
    lecture 'c slides/nothing.c#sell' ''
    run tools/slides/fences check "$scratch/lecture.md"
    assert_failure 1
    assert_output --partial "there is no slides/nothing.c any more"
    lecture 'c slides/demos/01-lost-update/racy.c#sold.., mark=@nothing' '    sold++; // @count'
    run tools/slides/fences check "$scratch/lecture.md"
    assert_failure 1
    assert_output --partial "no line to mark has '@nothing' any more"
}

@test "a run that ends otherwise fails, and update writes what it does" {
    lecture 'lanes lost-update' 'all is well'
    run tools/slides/fences check "$scratch/lecture.md"
    assert_failure 1
    assert_output --partial "what 'lanes lost-update' gives is not what stands there"
    assert_output --partial '< all is well'
    tools/slides/fences update "$scratch/lecture.md"
    run grep -c 'writes sold -> 1' "$scratch/lecture.md"
    assert_output 2
    tools/slides/fences check "$scratch/lecture.md"
}

@test "every fence of every lecture is what its source is; what detectors say is for the long tests" {
    local lecture
    for lecture in "${lectures[@]}"; do
        sed '/^```matrix/,/^```$/s/.*//' "$lecture" >"$scratch/$(basename "$lecture")"
    done
    tools/slides/fences check "$scratch"/0*.md
}

# ---- what is rendered ----

@test "marked lines are marked, anchors are not shown, and code cannot become HTML" {
    lecture 'c slides/demos/01-lost-update/racy.c#sell mark=@count' 'if (a < b && c > d)' '    sold++; // @count'
    run awk -f tools/slides/plot.awk -f tools/slides/render.awk "$scratch/lecture.md"
    assert_success
    assert_line --partial 'if (a &lt; b &amp;&amp; c &gt; d)'
    assert_line --partial '<mark>    sold++;</mark>'
}

@test "a step's value stays with its arrow, and on paper a game is a command" {
    lecture 'lanes lost-update' '  alice' '  11 writes sold -> 1 <--'
    echo '<iframe src="players/lost-update.html" title="The game"></iframe>' >>"$scratch/lecture.md"
    run awk -f tools/slides/plot.awk -f tools/slides/render.awk "$scratch/lecture.md"
    assert_success
    assert_line --regexp '<div class="step wrong".*>11 writes sold <span>-&gt; 1</span></div>$'
    assert_line '<iframe src="players/lost-update.html" title="The game"></iframe>'
    assert_line '<p class="on-paper">To play it: <code>make play DEMO=lost-update</code></p>'
}

# ---- what a lecture promises ----

@test "each lecture has goals, a question, a demo, two questions with answers, labs" {
    local lecture
    for lecture in "${lectures[@]}"; do
        grep -q '^## After this lecture you can' "$lecture"
        (($(grep -c '^<!-- _class: question -->' "$lecture") == 1))
        (($(grep -c '^<!-- _class: pair -->' "$lecture") == 2))
        grep -q '^<!-- _class: live -->' "$lecture"
        (($(grep -cE '^(Answer|One good answer):' "$lecture") == 2))
        (($(grep -c '^What could go wrong live:' "$lecture") == $(grep -c '^<!-- _class: live -->' "$lecture")))
        grep -qE '^- .*\.\./labs/[0-9]{2}-[a-z]+/README.md' "$lecture" || { echo "$lecture" && return 1; }
    done
}

@test "each slide has its minutes, and they add up to what the lecture says: 45 to 60" {
    local lecture promised
    for lecture in "${lectures[@]}"; do
        run awk '
            /^## / { slide = $0 }
            /^<!-- _/ { next }
            /^<!--/ { sub(/^<!-- */, ""); if ($0 == "") getline; if (slide) said[slide, ++notes] = $1 " " $2 }
            /^---$/ { slides += slide != ""; slide = "" }
            END {
                for (note in said) { minutes += said[note]; good += said[note] ~ /^[1-9] minutes?[.:;]?$/ }
                print good == slides + 1 ? minutes : notes " notes, " good " with minutes, " slides + 1 " slides"
            }' "$lecture"
        promised=$(grep -oE '^(<!-- )?[0-9]+ minutes' "$lecture" | grep -oE '[0-9]+' | head -n 1)
        [[ $output == "$promised" ]] || { echo "$lecture: $output, and not $promised" && return 1; }
        ((promised >= 45 && promised <= 60))
        grep -qE "^\| \[[1-8]\]\($(basename "$lecture")\) \| [^|]+ \| $promised \| [0-9, ]+ \|\$" slides/README.md
    done
}

@test "the plan gives each lecture the labs whose handouts lead to it" {
    local lecture labs
    for lecture in 1 2 3 4 5 6 7 8; do
        labs=$(grep -l "^- Lecture $lecture: " labs/[0-9]*/README.md | sed 's|^labs/\(..\).*|\1|' | paste -sd, | sed 's/,/, /g')
        grep -qE "^\| \[$lecture\]\(.*\| $labs \|\$" slides/README.md || { echo "$lecture: $labs" && return 1; }
    done
}

@test "each lab's handout leads to its lecture, and what students get does not" {
    local lab
    for lab in labs/[0-9]*; do
        grep -q '^- Lecture [1-8]: ' "$lab/README.md" || { echo "$lab" && return 1; }
    done
    tools/handout 01 --to "$scratch/labs.tar.gz"
    tar -xzf "$scratch/labs.tar.gz" -C "$scratch"
    run grep -r 'slides/0' "$scratch/box-office-labs/labs"
    assert_failure
}

@test "every command that a slide shows is there, with its demo, lab or file" {
    local command word
    while IFS= read -r command; do
        word=${command%% *}
        case $command in
        'make -s '*) make --silent "${command#make -s }" ;;
        make\ *) grep -q "^$(cut -d ' ' -f 2 <<<"$command"):" Makefile ;;
        build/*) make --silent "$word" ;;
        \(*) command -v socat ;;
        strace\ * | ss\ *) ;; # named in the notes, where they are not installed
        *) command -v "$word" ;;
        esac >/dev/null || { echo "$command" && return 1; }
        [[ $command != *DEMO=* ]] || [[ -d slides/demos/$(cd slides/demos && echo *-"${command#*DEMO=}") ]]
        [[ $command != *LAB=* ]] || [[ $(echo labs/"$(grep -oE 'LAB=[0-9]+' <<<"$command" | cut -c 5-)"-*) != *'*' ]]
    done < <(sed -n '/^```console/,/^```$/s/^[$] //p' "${lectures[@]}")
}

@test "every point of the old lecture is at a slide that there is" {
    local lecture slides slide
    while IFS='|' read -r _ _ lecture slides _; do
        while IFS= read -r slide; do
            slide=$(sed 's/ (notes)//; s/^ *//; s/ *$//' <<<"$slide")
            grep -qxF "## $slide" slides/0"${lecture// /}"-*.md || { echo "$slide" && return 1; }
        done < <(tr ';' '\n' <<<"$slides")
    done < <(awk '/^## Where the points/ { wanted = 1 } wanted && /^\|/ && !/---/ && !/^\| point/' slides/README.md)
}
