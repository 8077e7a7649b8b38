# The servers under load, as a picture: the table of a bench fence, one line a server.
# Used by render.awk, whose `content` it reads.

# Where a figure stands in the picture: 1100 x 500, with room for words at the right.
# Ten times as many clients are as far away everywhere.
function across(i) {
    return 120 + int(640 * log(clients[i]) / log(clients[counts]))
}

function up(value) {
    return 420 - value / most * 380
}

function read_table(i, j, cell) {
    servers = split(content[2], cell, / *[|] */) - 1
    for (j = 1; j <= servers; j++)
        server[j] = trim(cell[j + 1])
    counts = 0
    most = 0
    for (i = 3; i <= lines; i++) {
        split(content[i], cell, / *[|] */)
        clients[++counts] = trim(cell[1])
        for (j = 1; j <= servers; j++) {
            figure[j, counts] = cell[j + 1] + 0
            starred[j, counts] = cell[j + 1] ~ /[*]/
            if (figure[j, counts] > most)
                most = figure[j, counts]
        }
    }
}

# Names at the right ends, from the top down, and none upon another.
function place_names(i, j, best, last) {
    last = -1000
    for (j = 1; j <= servers; j++)
        placed[j] = 0
    for (i = 1; i <= servers; i++) {
        best = 0
        for (j = 1; j <= servers; j++)
            if (!placed[j] && (!best || figure[j, counts] > figure[best, counts]))
                best = j
        placed[best] = up(figure[best, counts]) + 9
        if (placed[best] < last + 32)
            placed[best] = last + 32
        last = placed[best]
    }
}

function print_axes(i, value, room) {
    for (value = 0; value <= most; value += 50000) {
        printf "<path class=\"rule\" d=\"M120 %d H760\"/>\n", up(value)
        printf "<text x=\"108\" y=\"%d\" text-anchor=\"end\">%s</text>\n", up(value) + 9, value ? value / 1000 "k" : 0
    }
    # From the last one to the left, where there is room.
    for (i = counts; i >= 1; i--)
        if (i == counts || across(i) < room) {
            printf "<text x=\"%d\" y=\"456\" text-anchor=\"middle\">%s</text>\n", across(i), clients[i]
            room = across(i) - 80
        }
    print "<text x=\"440\" y=\"492\" text-anchor=\"middle\">clients at the same time</text>"
}

# Where not all clients were answered the figure says less.
function print_starved(i, j, any) {
    for (j = 1; j <= servers; j++)
        for (i = 1; i <= counts; i++)
            if (starred[j, i]) {
                printf "<circle class=\"starved\" cx=\"%d\" cy=\"%d\" r=\"9\"/>\n", across(i), up(figure[j, i])
                any = 1
            }
    if (any)
        print "<circle class=\"starved\" cx=\"150\" cy=\"24\" r=\"9\"/><text x=\"170\" y=\"33\">not all clients got an answer</text>"
}

# The picture in words: how many requests each serves of the most clients.
function in_words(j, text) {
    for (j = 1; j <= servers; j++)
        text = text (j > 1 ? ", " : "") server[j] " " figure[j, counts] (starred[j, counts] ? " (not all answered)" : "")
    return "Requests a second against clients, a line a server. With " clients[counts] " clients: " text
}

function print_plot(i, j, path) {
    read_table()
    place_names()
    print "<div class=\"picture\" role=\"img\" aria-label=\"" escape(in_words()) "\">"
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1100 500\" class=\"plot\">"
    print_axes()
    for (j = 1; j <= servers; j++) {
        path = ""
        for (i = 1; i <= counts; i++)
            path = path (i > 1 ? " L" : "M") across(i) " " sprintf("%d", up(figure[j, i]))
        printf "<path class=\"line line-%d\" d=\"%s\"/>\n", j, path
        printf "<path class=\"lead\" d=\"M760 %d L790 %d\"/><text x=\"796\" y=\"%d\">%s</text>\n", \
            up(figure[j, counts]), placed[j] - 9, placed[j], escape(server[j])
    }
    print_starved()
    print "</svg></div>"
    print "<p class=\"why\">" escape(content[1]) "</p>"
}
