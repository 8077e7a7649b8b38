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
function without_anchor(line) {
    sub(/ *\/\/ @[a-z-]+$/, "", line)
    return line
}

function code_line(line, words, text) {
    text = escape(without_anchor(line))
    if (is_marked(line, words))
        return "<mark>" text "</mark>"
    return kind == "diff" && line ~ /^-/ ? "<del>" text "</del>" : text
}

# As large as the slide has room for, from 27 to 35 px; a letter is 0.602 wide. A line
# of 80 characters moves closer together.
function size_of_code(longest, size) {
    size = 35
    if (size > 1150 / (0.602 * longest))
        size = 1150 / (0.602 * longest)
    if (size > 540 / (1.24 * lines))
        size = 540 / (1.24 * lines)
    return size < 27 ? 27 : int(size)
}

function print_code(words, i, text, longest) {
    for (i = 1; i <= lines; i++) {
        text = text (i > 1 ? "\n" : "") code_line(content[i], words)
        if (length(without_anchor(content[i])) > longest)
            longest = length(without_anchor(content[i]))
    }
    print "<pre class=\"code " kind (longest > 70 ? " long" : "") "\" style=\"font-size: " size_of_code(longest) "px\"><code>" text "</code></pre>"
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

# A step is one line, or more where it was too long for its lane.
function is_rest(i, lane) {
    return i <= lines && content[i] != "" && lane_of(content[i]) == lane && substr(content[i], start[lane], 1) == " "
}

function lines_of_lanes(i) {
    for (i = 2; i <= lines && content[i] != ""; i++)
        continue
    return i - 2
}

function print_lanes(i, lane, row, text, why) {
    find_lanes(content[1])
    print "<div class=\"lanes" (lines_of_lanes() > 10 ? " dense" : "") "\" style=\"--lanes: " lanes "\">"
    for (i = 1; i <= lanes; i++)
        print "<b style=\"grid-column: " i "\">" escape(name[i]) "</b>"
    row = 1
    for (i = 2; i <= lines && content[i] != ""; i++) {
        lane = lane_of(content[i])
        text = substr(content[i], start[lane])
        while (is_rest(i + 1, lane))
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
    print "<div class=\"step" (wrong ? " wrong" : "") "\" style=\"grid-row: " row "; grid-column: " lane "\"><i class=\"heard\">" \
        escape(name[lane]) (wrong ? ", wrong" : "") ": </i>" with_value(text) "</div>"
}

function trim(text) {
    gsub(/^ +| +$/, "", text)
    return text
}

function print_table(i, j, cell, count) {
    print "<table class=\"matrix\">"
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
