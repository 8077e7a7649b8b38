# The picture of tests/bench/load, which sets: folder (where load.data,
# failures.data and silent.data are), picture, labels and styles (of the servers;
# words), speakers (the labels of those in silent.data), silent (how many silent
# clients there were; words), most (clients) and many (clients among silent ones).
set terminal svg size 1280,860 background "#ffffff" font "DejaVu Sans,Helvetica,Arial,sans-serif,15" dynamic
set output picture
set datafile missing "-"

# Colours of Okabe and Ito: all can tell them apart; and so the shapes do.
set linetype 1 lw 2.5 lc rgb "#E69F00" pt 5  ps 0.9
set linetype 2 lw 2.5 lc rgb "#0072B2" pt 7  ps 0.9
set linetype 3 lw 2.5 lc rgb "#56B4E9" pt 9  ps 1.1
set linetype 4 lw 2.5 lc rgb "#009E73" pt 11 ps 1.1
set linetype 5 lw 3.5 lc rgb "#D55E00" pt 13 ps 1.3
set linetype 6 lw 2.5 lc rgb "#000000" pt 4  ps 0.9
set linetype 7 lw 2.5 lc rgb "#CC79A7" pt 6  ps 0.9
set linetype 8 lw 2.5 lc rgb "#888888" pt 8  ps 1.1 dt 2

set border 3 lc rgb "#444444"
set tics nomirror
set grid lc rgb "#dddddd" lt 1 lw 1
set multiplot
# A label in two lines, where there is little room.
folded(text) = strstrt(text, " ") ? text[1:strstrt(text, " ") - 1]."\n".text[strstrt(text, " ") + 1:] : text

# Four panels; the names of the servers below them.
left(column) = 0.075 + 0.5 * column
bottom(row) = row == 0 ? 0.625 : 0.175
panel(column, row) = sprintf("set lmargin at screen %f; set rmargin at screen %f; set bmargin at screen %f; set tmargin at screen %f", \
    left(column), left(column) + 0.405, bottom(row), bottom(row) + 0.32)

block = folder."/load.data"
failures = folder."/failures.data"
set logscale x
set xrange [0.8:most * 1.25]
set xtics (1, 10, 100, 500, 1000, 2000)
set xlabel "clients" offset 0,0.4

eval panel(0, 0)
set title "Thousand requests a second" offset 0,-0.3
set yrange [0:*]
unset key
plot for [i = 1:words(labels)] block index i - 1 using 1:($2 / 1000) with linespoints \
    lt word(styles, i) + 0, \
    failures using 1:($2 / 1000) with points pt 2 ps 1.6 lw 2 lc rgb "#000000"

set logscale y
set yrange [*:*]
set format y "%g"
eval panel(1, 0)
set title "p99 from a request to its reply, once connected, in ms"
plot for [i = 1:words(labels)] block index i - 1 using 1:3 with linespoints lt word(styles, i) + 0

eval panel(0, 1)
set title "p99 until a client has its first reply, with connecting, in ms"
plot for [i = 1:words(labels)] block index i - 1 using 1:4 with linespoints lt word(styles, i) + 0

eval panel(1, 1)
set title sprintf("Thousand requests a second of %d clients, among silent ones", many)
unset logscale
unset xlabel
set yrange [0:*]
set xrange [-0.6:words(speakers) - 0.4]
set grid noxtics
set xtics () scale 0 font ",13"
set for [i = 1:words(speakers)] xtics add (folded(word(speakers, i)) i - 1)
set key at graph 1, 1.06 right top horizontal Left reverse samplen 1
set style fill solid noborder
width = 0.8 / words(silent)
set boxwidth width * 0.92
array shade[3] = ["#bbbbbb", "#0072B2", "#D55E00"]
bars = folder."/silent.data"
place(k) = (k - (words(silent) + 1) / 2.0) * width
plot for [k = 1:words(silent)] bars using ($1 + place(k)):(column(k + 1) / 1000) with boxes \
    lc rgb shade[k] title word(silent, k)." silent", \
    for [k = 1:words(silent)] bars using ($1 + place(k)):(0):(column(k + 1) == 0 ? "0" : "") with labels \
    offset 0,0.5 tc rgb shade[k] notitle

# The names of the servers, below all panels: a plot of nothing.
set lmargin at screen 0.04; set rmargin at screen 0.98; set bmargin at screen 0.01; set tmargin at screen 0.1
unset border; unset tics; unset title; unset grid
set key at screen 0.5, 0.055 center center horizontal maxcols 5 Left reverse samplen 2.5 width 1
set xrange [0:1]; set yrange [0:1]
plot for [i = 1:words(labels)] 1 / 0 with linespoints lt word(styles, i) + 0 title word(labels, i), \
    1 / 0 with points pt 2 ps 1.6 lw 2 lc rgb "#000000" title "not all were served"
unset multiplot
