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

unset key
set xlabel "seconds from request to ready, less is better; line: median, grey: its 95 % interval" textcolor rgb ink
set xrange [0:end]
set yrange [rows + 0.6:0.4]
unset ytics
set lmargin 3
set rmargin 3
set tmargin 2.2
set bmargin 3.6

set arrow 1 from target, graph 0 to target, graph 1 nohead dashtype 2 linewidth 1.8 linecolor rgb target_colour
set label 1 sprintf("target %g s", target) at target, graph 1 offset 0, 0.7 center textcolor rgb target_colour

# A row: its name and counts, below them the points, below these the median.
top = -0.18
bottom = 0.26
under(k, n) = sprintf("%d of %d under %g s", k, n, target)
failures(failed, median) = (failed == 0 ? ", none failed" : sprintf(", %d failed", failed)) . (median >= 0 ? "" : ": no median")
head(way, failed, k, n, median) = way . "   " . under(k, n) . failures(failed, median)

do for [format in "svg png"] {
	eval terminal(format, width, 90 + 104 * rows)
	set output "latency." . format
	plot \
		data index 1 using ($6 >= 0 && $7 >= 0 ? $5 : 1/0):1:6:7:($1 + top):($1 + bottom) \
			with boxxyerror fillstyle solid 1 noborder fillcolor rgb "#cccccc", \
		data index 1 using ($5 >= 0 ? $5 : 1/0):($1 + top):(0):(bottom - top) \
			with vectors nohead linewidth 2.4 linecolor rgb ink, \
		for [row = 1:rows] data index 2 using ($1 == row ? $3 : 1/0):($1 + 0.04 + $2 * 0.6) \
			with points pointtype 7 pointsize (format eq "svg" ? 0.4 : 1.0) linecolor rgb colour_of(row), \
		data index 1 using ($5 >= 0 ? $5 : 1/0):($1 + bottom + 0.09):(sprintf("%.2f s", $5)) \
			with labels center boxed textcolor rgb ink, \
		data index 1 using ($4 == 0 ? 0 : 1/0):($1 - 0.33):(head(strcol(2), $4, $8, $3, $5)) \
			with labels left boxed textcolor rgb ink, \
		data index 1 using ($4 > 0 ? 0 : 1/0):($1 - 0.33):(head(strcol(2), $4, $8, $3, $5)) \
			with labels left boxed textcolor rgb target_colour
	unset output
}
