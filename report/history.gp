# SPDX-License-Identifier: GPL-2.0-only
# history.gp - one metric over the nights, with its levels, its changes and the target
#
# The dashboard loads it once a metric, with $points (time, value), $never (times of nights
# that have no figure), $levels, $changes (time, 1 for the worse) and the axes' numbers set.

soft = "#666666"
set terminal svg noenhanced size 480,210 font 'DejaVu Sans,13' background '#ffffff'
set output output_name
unset key
unset label
unset arrow
unset xtics
set border 3 linecolor rgb soft
set xrange [from:end]
set yrange [low:high]
days = (end - from) / 86400.0
step = days > 3 * 365 ? 366 * ceil(days / (6 * 366)) : days > 200 ? 61 : ceil(days / 7)
set xtics time format (days > 3 * 365 ? "%Y" : days > 200 ? "%b\n%Y" : "%d\n%b")
set xtics nomirror out scale 0.5
set xtics step * 86400
set ytics autofreq
set grid ytics linetype 1 linewidth 0.7 linecolor rgb faint
unset mxtics
set lmargin 8.5
set rmargin 2.5
set tmargin 1.8
set bmargin 2.6
set label 1 unit at graph 0, graph 1 offset -6.5, 0.9 left textcolor rgb soft

# A target far from the figures would press them flat: then it is only told.
if (target > high) {
	set label 2 sprintf("target %g %s, above", target, unit) at graph 1, graph 1 offset 0, 0.9 right textcolor rgb target_colour
}
if (target > 0 && target <= high) {
	set arrow 1 from graph 0, first target to graph 1, first target nohead dashtype 2 linewidth 1.6 linecolor rgb target_colour
	set label 2 "target" at graph 1, first target offset 0, -0.75 right textcolor rgb target_colour
}

# Worse: a solid line and a full triangle. Better: a dotted line and an empty one.
edge = high - 0.04 * (high - low)
plot \
	$points using 1:2 with lines linewidth 0.8 linecolor rgb "#5b93c0", \
	$points using 1:2 with points pointtype 7 pointsize (nights < 90 ? 0.35 : 0.15) linecolor rgb "#0072b2", \
	$levels using 1:2 with lines linewidth 2.2 linecolor rgb ink, \
	$changes using ($2 == 1 ? $1 : 1/0):(low):(0):(high - low) with vectors nohead linewidth 1.4 linecolor rgb "#a03c00", \
	$changes using ($2 == 1 ? $1 : 1/0):(edge) with points pointtype 9 pointsize 0.9 linecolor rgb "#a03c00", \
	$changes using ($2 == 0 ? $1 : 1/0):(low):(0):(high - low) with vectors nohead linewidth 1.4 dashtype 3 linecolor rgb "#00664b", \
	$changes using ($2 == 0 ? $1 : 1/0):(edge) with points pointtype 10 pointsize 0.9 linecolor rgb "#00664b", \
	$never using 1:(edge) with points pointtype 2 pointsize 0.8 linewidth 2 linecolor rgb target_colour
unset output
