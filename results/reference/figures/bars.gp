# SPDX-License-Identifier: GPL-2.0-only
# bars.gp - the phases of a reboot, laid end to end, one bar a way
#
# phases.gp and instructions.gp set the variable name and load this: NAME.dat becomes NAME.svg and
# NAME.png; style.gp tells how to draw it for paper.

load "style.gp"
data = name . ".dat"

stats data index 0 using 1 nooutput
longest = STATS_max
stats data index 0 using 2 nooutput
rows = int(STATS_max)
stats data index 0 using 3 nooutput
firmware = int(STATS_max)
stats data index 0 using 4 nooutput
instructions = STATS_max > 0

# In the order of a reboot; neighbours differ in lightness. In print the plain ones are
# levels of grey far apart, and the others have a pattern, for which they are pale; a screen
# has no lines fine enough for patterns behind text, and paleness would be lost on a dark one.
phases = "shutdown load quiesce handoff firmware bootloader decompress kernel userspace"
array fill[9] = ["#bbbbbb", "#0072b2", "#f0e442", "#a03c00", "#9fd4f3", "#4b3f72", "#f5b041", "#009e73", "#f3b6d8"]
array on[9] = ["#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#ffffff", "#000000"]
if (paper) {
	array fill[9] = ["#bbbbbb", "#86b9dc", "#f8f0a0", "#8a3300", "#d5ecf9", "#a99bd0", "#f9cf85", "#4db894", "#f6cfe3"]
	array on[9] = ["#000000", "#000000", "#000000", "#ffffff", "#000000", "#000000", "#000000", "#000000", "#000000"]
}
array pattern[9] = [0, 4, 0, 0, 1, 5, 2, 0, 6]
patterned(p) = paper && pattern[p]
array there[9] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
stats data index 2 using (there[int($2)] = 1, 0) nooutput

# Text needs room: a name that has none stands in the legend, a number below the bar.
end = longest * 1.02
wide(from, to, text) = (to - from) / end * (width - 3.2) > (room_for("8") * strlen(text) + 0.5) * small_em

unit = instructions ? " million" : " ms"

# What stands below each bar, in up to three lines.
array below[rows]
do for [row = 1:rows] { below[row] = "" }
line_of(text) = (cut = strstrt(text, "\n")) ? line_of(text[cut + 1:*]) : text
add(text, more) = text eq "" ? "narrow: " . more : room_for(line_of(text) . ", " . more) > width - 6 ? text . ",\n" . more : text . ", " . more
stats data index 2 using (wide($3, $4, strcol(5)) ? 0 : \
	(below[int($1)] = add(below[int($1)], strcol(6) . " " . strcol(5)), 0)) nooutput
lines_in(text) = text eq "" ? 0 : 1 + ((cut = strstrt(text, "\n")) ? lines_in(text[cut + 1:*]) : 0)
lines = 0
do for [row = 1:rows] { lines = lines_in(below[row]) > lines ? lines_in(below[row]) : lines }
line(text, n) = n == 1 ? ((cut = strstrt(text, "\n")) ? text[1:cut - 1] : text eq "" ? "" : text . unit) : \
	(cut = strstrt(text, "\n")) ? line(text[cut + 1:*], n - 1) : ""

bar = paper ? 2.7 : 3.2
top = 1.8
bottom = top + bar
row_height = bottom + 0.9 + 1.2 * lines
at(row, y) = (row - 1) * row_height + y

beware = "The firmware here is QEMU's: on a server that phase takes minutes."
axis_label = instructions ? "million instructions since the request: the phases, end to end" : \
	"seconds since the request: medians of the phases, in ms, end to end"
set xrange [0:end]
set yrange [rows * row_height:0]
unset ytics
unset key

# In the bar: a name above a number, on white where there is a pattern.
inside(p, over_pattern, phase, from, to, text) = phase == p && !patterned(p) == !over_pattern && wide(from, to, text) ? (from + to) / 2 : 1/0
name_y = top + bar / 2 - 0.6
number_y(below_name) = top + bar / 2 + (below_name ? 0.6 : 0)
set style textbox 1 opaque noborder fillcolor rgb "#ffffff" margins 0.15, 0.05

whole(x) = x < 0 ? "no median of the whole" : sprintf(instructions ? "%.1f million" : "%.2f s", x)
two_lines = !paper && firmware
height = rows * row_height + 8.0 + 1.3 * two_lines
eval margins(1.6, 1.6, 3.9, 4.1 + 1.3 * two_lines, height)
set label 2 axis_label at screen 0.5, screen (axis_label_y + 1.3 * two_lines) / height center textcolor rgb ink
if (two_lines) { set label 3 beware at screen 0.5, screen axis_label_y / height center textcolor rgb ink }

# The legend is made by hand, for a key has either a colour or a pattern.
left = 1.6
top_of_key(k) = 1 - (0.5 + 1.45 * (k % 2)) / height
left_of_key(k) = (left + (width - 2 * left) / 5 * (k / 2)) / width
k = 0
do for [p = 1:9] {
	if (there[p]) {
		do for [layer = 0:(patterned(p) ? 1 : 0)] {
			set object 2 * p + layer rectangle from screen left_of_key(k), top_of_key(k) \
				to screen left_of_key(k) + 1.7 / width, top_of_key(k) - 1 / height \
				fillcolor rgb (layer ? ink : fill[p]) linewidth 0.6
			if (layer) { set object 2 * p + layer fillstyle transparent pattern pattern[p] border rgb ink }
			if (!layer) { set object 2 * p + layer fillstyle solid 1 border rgb ink }
		}
		set label 10 + p word(phases, p) at screen left_of_key(k) + 2.3 / width, top_of_key(k) - 0.5 / height \
			left textcolor rgb ink
		k = k + 1
	}
}

do for [format in formats] {
	eval terminal(format, height)
	set output name . "." . format
	plot \
		for [p = 1:9] data index 2 using ($2 == p ? $3 : 1/0):1:3:4:(at($1, top)):(at($1, bottom)) \
			with boxxyerror fillstyle solid 1 border rgb ink fillcolor rgb fill[p] linewidth 0.6 notitle, \
		for [p = 1:9] data index 2 using ($2 == p && patterned(p) ? $3 : 1/0):1:3:4:(at($1, top)):(at($1, bottom)) \
			with boxxyerror fillstyle transparent pattern pattern[p] border rgb ink fillcolor rgb ink linewidth 0.6 notitle, \
		for [p = 1:9] data index 2 using (inside(p, 0, $2, $3, $4, strcol(6))):(at($1, name_y)):6 \
			with labels center textcolor rgb on[p] font smaller notitle, \
		for [p = 1:9] data index 2 using (inside(p, 0, $2, $3, $4, strcol(5))):(at($1, number_y(wide($3, $4, strcol(6))))):5 \
			with labels center textcolor rgb on[p] font smaller notitle, \
		for [p = 1:9] data index 2 using (inside(p, 1, $2, $3, $4, strcol(6))):(at($1, name_y)):6 \
			with labels center boxed bs 1 textcolor rgb on[p] font smaller notitle, \
		for [p = 1:9] data index 2 using (inside(p, 1, $2, $3, $4, strcol(5))):(at($1, number_y(wide($3, $4, strcol(6))))):5 \
			with labels center boxed bs 1 textcolor rgb on[p] font smaller notitle, \
		for [n = 1:lines] data index 1 using (0):(at($1, bottom - 0.3 + 1.2 * n)):(line(below[int($1)], n)) \
			with labels left textcolor rgb ink font smaller notitle, \
		data index 1 using (0):(at($1, 0.95)):(strcol(2) . "   " . whole($5)) \
			with labels left boxed textcolor rgb ink notitle
	unset output
}
