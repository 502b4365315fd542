# SPDX-License-Identifier: GPL-2.0-only
# cumulative.gp - the share of the reboots that was ready after so many seconds
#
# A reboot that failed is never ready, so its way's line ends below 100 %. Reads
# cumulative.dat beside it; `gnuplot cumulative.gp` draws cumulative.svg and cumulative.png.

load "style.gp"
data = "cumulative.dat"

stats data index 0 using 1 nooutput
target = STATS_max
stats data index 0 using 2 nooutput
end = STATS_max
stats data index 0 using 3 nooutput
rows = int(STATS_max)
array title_of[rows]
stats data index 1 using (title_of[int($1)] = sprintf("%s: %d of %d came up", strcol(2), $4, $3), 0) nooutput

set xlabel "seconds from request to ready, further left is better" textcolor rgb ink
set ylabel "share of reboots that are ready" textcolor rgb ink
set xrange [0:end]
set yrange [0:1.02]
set ytics ("0 %%" 0, "25 %%" 0.25, "50 %%" 0.5, "75 %%" 0.75, "100 %%" 1)
set border 3
set grid ytics linetype 1 linewidth 0.7 linecolor rgb faint
set key at screen 0.5, screen 0.01 center bottom vertical Left reverse samplen 4 maxcols 1 textcolor rgb ink
set tmargin 2.6
set bmargin 4.6 + 1.15 * rows
set rmargin 4

set arrow 1 from target, graph 0 to target, graph 1 nohead dashtype 2 linewidth 1.8 linecolor rgb target_colour
set label 1 sprintf("target %g s", target) at target, graph 1 offset 0, 0.7 center textcolor rgb target_colour

do for [format in "svg png"] {
	eval terminal(format, width, 360 + 20 * rows)
	set output "cumulative." . format
	plot for [row = 1:rows] data index 2 using ($1 == row ? $2 : 1/0):3 \
		with steps linewidth 2.4 dashtype way_dash(row) linecolor rgb colour_of(row) title title_of[row]
	unset output
}
