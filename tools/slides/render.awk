# Makes out of a lecture what Marp wants: fences as HTML, with the marked lines marked,
# orders of events as lanes, tables, the plot; pictures inlined, links that lead from
# build/slides to where they should.
#
# usage: awk -f plot.awk -f render.awk FILE.md

function escape(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    return text
}

# The words mark=REGEX behind the kind of a fence.
function is_marked(line, words, count, word, i) {
    if (kind == "diff")
        return line ~ /^[+]/
    if (kind == "console")
        return line ~ /^[$] /
    count = split(words, word, " ")
    for (i = 1; i <= count; i++)
        if (word[i] ~ /^mark=/ && line ~ substr(word[i], 6))
            return 1
    return 0
}

# The anchors of the demos are no business of the audience's.
function code_line(line, words, marked) {
    marked = is_marked(line, words)
    sub(/ *\/\/ @[a-z-]+$/, "", line)
    return marked ? "<mark>" escape(line) "</mark>" : escape(line)
}

# What is short is large; a line of 80 characters moves closer together.
function print_code(words, i, text, longest) {
    for (i = 1; i <= lines; i++) {
        text = text (i > 1 ? "\n" : "") code_line(content[i], words)
        if (length(content[i]) > longest)
            longest = length(content[i])
    }
    print "<pre class=\"code " kind (longest > 70 ? " long" : lines <= 11 && longest <= 52 ? " big" : "") "\"><code>" text "</code></pre>"
}

# Where the lanes begin: the columns of the names in the first line.
function find_lanes(heads, at, column) {
    lanes = 0
    column = 1
    while (match(substr(heads, column), /[^ ]+( [^ ]+)*/)) {
        start[++lanes] = column + RSTART - 1
        name[lanes] = substr(heads, start[lanes], RLENGTH)
        column = start[lanes] + RLENGTH
    }
}

function lane_of(line, i, lane) {
    match(line, /^ */)
    for (i = 1; i <= lanes; i++)
        if (RLENGTH + 1 >= start[i])
            lane = i
    return lane
}

# One line, or more where a step was too long for its lane.
function print_lanes(i, lane, row, text, why) {
    find_lanes(content[1])
    print "<div class=\"lanes" (lines > 12 ? " dense" : "") "\" style=\"--lanes: " lanes "\">"
    for (i = 1; i <= lanes; i++)
        print "<b style=\"grid-column: " i "\">" escape(name[i]) "</b>"
    row = 1
    for (i = 2; i <= lines && content[i] != ""; i++) {
        lane = lane_of(content[i])
        text = substr(content[i], start[lane])
        while (i < lines && content[i + 1] != "" && lane_of(content[i + 1]) == lane && substr(content[i + 1], start[lane], 1) == " ")
            text = text " " trim(content[++i])
        print_step(++row, lane, text)
    }
    print "</div>"
    for (i++; i <= lines; i++)
        why = why (why ? " " : "") content[i]
    if (why)
        print "<p class=\"why\">" escape(why) "</p>"
}

# An arrow and what it leads to stay together.
function with_value(text) {
    text = escape(text)
    return sub(/-&gt; /, "<span>&", text) ? text "</span>" : text
}

function print_step(row, lane, text, wrong) {
    wrong = sub(/ <--$/, "", text)
    print "<div class=\"step" (wrong ? " wrong" : "") "\" style=\"grid-row: " row "; grid-column: " lane "\">" with_value(text) "</div>"
}

function trim(text) {
    gsub(/^ +| +$/, "", text)
    return text
}

function print_table(i, j, cell, count) {
    print "<table>"
    for (i = 1; i <= lines; i++) {
        count = split(content[i], cell, /  +/)
        printf "<tr>"
        for (j = 1; j <= count; j++)
            printf (i == 1 ? "<th scope=\"col\">%s</th>" : "<td" (cell[j] != "silent" && j > 1 ? " class=\"found\"" : "") ">%s</td>"), escape(cell[j])
        print "</tr>"
    }
    print "</table>"
}

function print_fence(words) {
    print ""
    if (kind == "lanes")
        print_lanes()
    else if (kind == "matrix")
        print_table()
    else if (kind == "bench")
        print_plot()
    else
        print_code(words)
    print ""
}

# ![words](pictures/name.svg), alone in a line. An empty line would end the HTML.
function print_picture(words, file, line) {
    print "\n<div class=\"picture\" role=\"img\" aria-label=\"" escape(words) "\">"
    while ((getline line < file) > 0)
        if (line != "" && line !~ /^<[?]xml/)
            print line
    close(file)
    print "</div>\n"
}

/^```[a-z]/ && !inside {
    inside = 1
    lines = 0
    kind = $1
    sub(/^```/, "", kind)
    words = substr($0, length($1) + 2)
    next
}

inside && /^```$/ {
    inside = 0
    print_fence(words)
    next
}

inside {
    content[++lines] = $0
    next
}

/^!\[.*\]\(pictures\/.*\)$/ {
    picture = $0
    sub(/^.*\]\(/, "slides/", picture)
    sub(/\)$/, "", picture)
    sub(/^!\[/, "")
    sub(/\]\(.*/, "")
    print_picture($0, picture)
    next
}

# On paper nobody can play.
/^<iframe src="players\// {
    print
    sub(/^<iframe src="players\//, "")
    sub(/\.html.*/, "")
    print "\n<p class=\"on-paper\">To play it: <code>make play DEMO=" $0 "</code></p>"
    next
}

{
    gsub(/\]\(\.\.\//, "](../../")
    gsub(/\]\(demos\//, "](../../slides/demos/")
    print
}
