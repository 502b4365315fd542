# SPDX-License-Identifier: GPL-2.0-only
# latency.gp - every counted reboot as a point, a row a way, with medians and the target
#
# Reads latency.dat beside it; `gnuplot latency.gp` draws latency.svg and latency.png.

load "style.gp"
data = "latency.dat"

stats data index 0 using 1 nooutput
target = STATS_max
stats data index 0 using 2 nooutput
end = STATS_max
stats data index 0 using 3 nooutput
rows = int(STATS_max)
stats data index 0 using 4 nooutput

unset key
set xlabel "seconds from request to ready, less is better; line: median, grey: its 95 % interval" textcolor rgb ink
set xrange [0:end]
set yrange [rows + 0.55:0.2]
set ytics scale 0
set lmargin label_room(STATS_max)
set rmargin 19
set tmargin 2.6
set bmargin 3.6

set arrow 1 from target, graph 0 to target, graph 1 nohead dashtype 2 linewidth 1.8 linecolor rgb target_colour
set label 1 sprintf("target %g s", target) at target, graph 1 offset 0, 0.7 center textcolor rgb target_colour

seconds(x) = x == x ? sprintf("%.2f s", x) : "no median"

do for [format in "svg png"] {
	eval terminal(format, 900, 130 + 82 * rows)
	set output "latency." . format
	plot \
		data index 1 using 5:1:6:7:($1 - 0.38):($1 + 0.38) \
			with boxxyerror fillstyle solid 1 noborder fillcolor rgb "#cccccc", \
		data index 1 using 5:($1 - 0.38):(0):(0.76) \
			with vectors nohead linewidth 2.4 linecolor rgb ink, \
		for [row = 1:rows] data index 2 using ($1 == row ? $3 : 1/0):($1 + $2) \
			with points pointtype 7 pointsize (format eq "svg" ? 0.45 : 0.8) linecolor rgb colour_of(row), \
		data index 1 using ($5 == $5 ? $5 : end / 2):($5 == $5 ? $1 - 0.38 : $1):(seconds($5)) \
			with labels center offset 0, 0.6 textcolor rgb ink, \
		data index 1 using (end):($1 - 0.13):(sprintf("%d of %d under %g s", $8, $3, target)) \
			with labels left offset 1, 0 textcolor rgb ink, \
		data index 1 using (end):($4 > 0 ? $1 + 0.17 : 1/0):(sprintf("%d of %d failed", $4, $3)) \
			with labels left offset 1, 0 textcolor rgb target_colour, \
		data index 1 using (end):($4 > 0 ? 1/0 : $1 + 0.17):("none failed") \
			with labels left offset 1, 0 textcolor rgb soft, \
		data index 1 using (NaN):1:ytic(2)
	unset output
}
