# SPDX-License-Identifier: GPL-2.0-only
# slopes.gp - latency against a number that the run varies, a line a way
#
# Reads slopes.dat beside it; `gnuplot slopes.gp` draws slopes.svg and slopes.png; style.gp
# tells how to draw it for paper.

load "style.gp"
data = "slopes.dat"

stats data index 0 using (end_x = $1, end_y = $2, rows = int($3), instructions = int($4), what = strcol(5), unit = strcol(6), slopes_are = strcol(7), 0) nooutput
array title_of[rows]
array from_of[rows]
array to_of[rows]
array intercept_of[rows]
array slope_of[rows]
array words_of[rows]
stats data index 1 using (title_of[int($1)] = strcol(2), intercept_of[int($1)] = $3, slope_of[int($1)] = $4, from_of[int($1)] = $5, to_of[int($1)] = $6, words_of[int($1)] = strcol(7), 0) nooutput

axis_label = what . (what eq unit . "s" ? "" : ", " . unit)
set ylabel (instructions ? "million instructions" : "seconds") . " from request to ready" textcolor rgb ink
set xrange [0:end_x * 1.04]
set yrange [0:end_y * 1.08]
set border 3
set grid ytics linetype 1 linewidth 0.7 linecolor rgb faint

box = 19.5
# Below each name its slope; what the name has no room for goes in front of that.
room = width - 9
rest_of(row) = second_part(title_of[row], room)
below(row) = rest_of(row) eq "" ? words_of[row] : rest_of(row) . ": " . words_of[row]
legend = 1.35 * (2 * rows + 1) + 0.6
height = box + legend + 6.4
set key at screen 0.5, screen legend / height center top vertical Left reverse samplen 5 maxcols 1 textcolor rgb ink
eval margins(7.4, 1.6, 1.4, 4.4 + legend, height)
set label 2 axis_label at screen 0.5, screen (legend + 0.3 + axis_label_y) / height center textcolor rgb ink
do for [format in formats] {
	eval terminal(format, height)
	set output "slopes." . format
	plot \
		for [row = 1:rows] [from_of[row]:to_of[row]] intercept_of[row] + slope_of[row] * x \
			with lines linewidth thick dashtype way_dash(row) linecolor rgb colour_of(row) notitle, \
		for [row = 1:rows] data index 2 using ($1 == row ? $2 : 1/0):3 \
			with points pointtype way_mark(row) pointsize 2.2 * mark_size(format) linecolor rgb colour_of(row) notitle, \
		keyentry with lines linecolor rgb "#ffffff" title slopes_are, \
		for [line = 2:2 * rows + 1] row = line / 2 keyentry with linespoints linewidth thick dashtype way_dash(row) pointtype way_mark(row) \
			pointsize 2.2 * mark_size(format) linecolor rgb (line % 2 ? "#ffffff" : colour_of(row)) \
			title (line % 2 ? below(row) : first_part(title_of[row], room))
	unset output
}
