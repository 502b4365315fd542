# SPDX-License-Identifier: GPL-2.0-only
# latency.gp - every counted reboot as a point, a row a way, with medians and the target
#
# Reads latency.dat beside it; `gnuplot latency.gp` draws latency.svg and latency.png;
# style.gp tells how to draw it for paper.

load "style.gp"
data = "latency.dat"

stats data index 0 using 1 nooutput
target = STATS_max
stats data index 0 using 2 nooutput
end = STATS_max
stats data index 0 using 3 nooutput
rows = int(STATS_max)

# A row: its name and counts, below them the points, below these the median.
under(k, n) = sprintf("%d of %d under %g s", k, n, target)
failures(failed, median) = failed > 0 ? sprintf(", %d failed", failed) . (median >= 0 || paper ? "" : ": no median") : \
	paper ? "" : ", none failed"
counts(failed, k, n, median) = under(k, n) . failures(failed, median)

# Where a name and its counts are too long for one line, all rows have lines for both.
room = width - 2
medians = 0
intervals = 0
longest = 0
broken = 0
stats data index 1 using ( \
	medians = medians + ($5 >= 0), \
	intervals = intervals + ($6 >= 0 && $7 >= 0), \
	together = room_for(strcol(2) . "   " . counts($4, $8, $3, $5)), \
	longest = together > longest ? together : longest, \
	broken = broken || break_at(strcol(2), room) > 0, 0) nooutput
apart = longest > room
line = 1.25

band = paper ? 2.2 : 3.2
top = 1.8 + line * (apart + broken)
bottom = top + band
row_height = bottom + 2.2
at(row, y) = (row - 1) * row_height + y

explained = medians ? "; line: median" . (intervals ? ", grey: its 95 % interval" : "") : ""
axis_label = "seconds from request to ready" . (paper ? "" : ", less is better" . explained)
set xrange [0:end]
set yrange [rows * row_height:0]
unset key
unset ytics

set arrow 1 from target, graph 0 to target, graph 1 nohead dashtype 2 linewidth thin linecolor rgb target_colour
set label 1 sprintf("target %g s", target) at target, graph 1 offset 0, 0.7 center textcolor rgb target_colour

# The line above the counts.
name_above(name) = break_at(name, room) ? second_part(name, room) : name
colour_of_head(failed) = failed > 0 ? 0xb00020 : 0x222222
height = rows * row_height + 6.0
eval margins(1.6, 1.6, 1.9, 4.1, height)
set label 2 axis_label at screen 0.5, screen axis_label_y / height center textcolor rgb ink
do for [format in formats] {
	eval terminal(format, height)
	set output "latency." . format
	plot \
		data index 1 using ($6 >= 0 && $7 >= 0 ? $5 : 1/0):1:6:7:(at($1, top)):(at($1, bottom)) \
			with boxxyerror fillstyle solid 1 noborder fillcolor rgb "#cccccc", \
		data index 1 using ($5 >= 0 ? $5 : 1/0):(at($1, top)):(0):(band) \
			with vectors nohead linewidth thick linecolor rgb ink, \
		for [row = 1:rows] data index 2 using ($1 == row ? $3 : 1/0):(at($1, (top + bottom) / 2 + $2 * 0.4 * band)) \
			with points pointtype 7 pointsize mark_size(format) linecolor rgb colour_of(row), \
		data index 1 using ($5 >= 0 ? $5 : 1/0):(at($1, bottom + 0.8)):(sprintf("%.2f s", $5)) \
			with labels center boxed textcolor rgb ink, \
		data index 1 using (0):(at($1, top - 0.85)):((apart ? "" : strcol(2) . "   ") . counts($4, $8, $3, $5)):(colour_of_head($4)) \
			with labels left boxed textcolor rgb variable, \
		data index 1 using (apart ? 0 : 1/0):(at($1, top - 0.85 - line)):(name_above(strcol(2))):(colour_of_head($4)) \
			with labels left boxed textcolor rgb variable, \
		data index 1 using (break_at(strcol(2), room) ? 0 : 1/0):(at($1, top - 0.85 - 2 * line)):(first_part(strcol(2), room)):(colour_of_head($4)) \
			with labels left boxed textcolor rgb variable
	unset output
}
