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
set xlabel "seconds from request to ready (less is better)" textcolor rgb ink
set xrange [0:end]
set yrange [rows + 0.6:0.25]
set border 1
set ytics scale 0
set lmargin 20
set rmargin 16
set tmargin 2.6
set bmargin 3.6

set arrow 1 from target, graph 0 to target, graph 1 nohead dashtype 2 linewidth 1.8 linecolor rgb target_colour
set label 1 sprintf("target %g s", target) at target, graph 1 offset 0, 0.7 center textcolor rgb target_colour

median_text(median, n, failed) = median == median ? sprintf("%.2f s", median) : "no median"
count_text(n, failed) = failed > 0 ? sprintf("%d of %d failed", failed, n) : sprintf("n = %d", n)

do for [format in "svg png"] {
	eval terminal(format, 900, 130 + 82 * rows)
	set output "latency." . format
	plot \
		for [row = 1:rows] data index 2 using ($1 == row ? $3 : 1/0):($1 + $2) \
			with points pointtype way_symbol(row) pointsize 0.55 linecolor rgb colour_of(row), \
		data index 1 using 5:($1 - 0.40):(0):(0.80) \
			with vectors nohead linewidth 3 linecolor rgb ink, \
		data index 1 using 5:($1 - 0.41):(median_text($5, $3, $4)) \
			with labels center offset 0, 0.5 textcolor rgb ink, \
		data index 1 using (end):1:($4 > 0 ? sprintf("%d of %d failed", $4, $3) : sprintf("n = %d, none failed", $3)) \
			with labels left offset 1, 0 textcolor rgb soft, \
		data index 1 using (NaN):1:ytic(2)
	unset output
}
