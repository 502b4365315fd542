# SPDX-License-Identifier: GPL-2.0-only
# cumulative.gp - the share of the reboots that was ready after so many seconds
#
# A reboot that failed is never ready, so its way's line ends below 100 %. Reads
# cumulative.dat beside it; `gnuplot cumulative.gp` draws cumulative.svg and
# cumulative.png; style.gp tells how to draw it for paper.

load "style.gp"
data = "cumulative.dat"

stats data index 0 using 1 nooutput
target = STATS_max
stats data index 0 using 2 nooutput
end = STATS_max
stats data index 0 using 3 nooutput
rows = int(STATS_max)
array title_of[rows]
array n_of[rows]
array lines_of[rows]
room = width - 11
# A title in up to three lines.
parts(text) = break_at(text, room) ? 1 + (break_at(second_part(text, room), room) ? 2 : 1) : 1
part_of(text, n) = n == 1 ? first_part(text, room) : n == 2 ? first_part(second_part(text, room), room) : \
	second_part(second_part(text, room), room)
stats data index 1 using (title_of[int($1)] = sprintf("%s: %d of %d came up", strcol(2), $4, $3), n_of[int($1)] = $3, 0) nooutput
lines = 0
do for [row = 1:rows] {
	lines_of[row] = parts(title_of[row])
	lines = lines + lines_of[row]
}

# Some six marks a line, on the last of the steps between them; not at the same height for all.
every_of(row) = ceil(n_of[row] / 6.0)
marked(row, share) = share > 0 && (int(share * n_of[row] + 0.5) + row) % every_of(row) == 0

axis_label = "seconds from request to ready" . (paper ? "" : ", further left is better")
set ylabel "share of reboots that are ready" textcolor rgb ink
set xrange [0:end]
set yrange [0:1.03]
set ytics ("0 %%" 0, "25 %%" 0.25, "50 %%" 0.5, "75 %%" 0.75, "100 %%" 1)
set border 3
set grid ytics linetype 1 linewidth 0.7 linecolor rgb faint

set arrow 1 from target, graph 0 to target, graph 1 nohead dashtype 2 linewidth thin linecolor rgb target_colour
set label 1 sprintf("target %g s", target) at target, graph 1 offset 0, 0.7 center textcolor rgb target_colour

box = 19.5
legend = 1.45 * lines + 1
height = box + legend + 6.4
set key at screen 0.5, screen legend / height center top vertical Left reverse samplen 5 maxcols 1 textcolor rgb ink
eval margins(6.2, 1.6, 2, 4.4 + legend, height)
set label 2 axis_label at screen 0.5, screen (legend + 0.3 + axis_label_y) / height center textcolor rgb ink
do for [format in formats] {
	eval terminal(format, height)
	set output "cumulative." . format
	plot \
		for [row = 1:rows] data index 2 using ($1 == row ? $2 : 1/0):3 \
			with steps linewidth thick dashtype way_dash(row) linecolor rgb colour_of(row) notitle, \
		for [row = 1:rows] data index 2 using ($1 == row && $2 < end && marked(row, $3) ? $2 : 1/0):3 \
			with points pointtype way_mark(row) pointsize 1.8 * mark_size(format) linecolor rgb colour_of(row) notitle, \
		for [row = 1:rows] for [part = 1:lines_of[row]] keyentry with linespoints linewidth (part == 1 ? thick : 0) dashtype way_dash(row) \
			pointtype (part == 1 ? way_mark(row) : -1) pointsize 1.8 * mark_size(format) \
			linecolor rgb (part == 1 ? colour_of(row) : "#ffffff") \
			title part_of(title_of[row], part)
	unset output
}
