# SPDX-License-Identifier: GPL-2.0-only
# phases.gp - the median of each phase, laid end to end, one bar a way
#
# Reads phases.dat beside it; `gnuplot phases.gp` draws phases.svg and phases.png.

load "style.gp"
data = "phases.dat"

stats data index 0 using 1 nooutput
longest = STATS_max
stats data index 0 using 2 nooutput
rows = int(STATS_max)
stats data index 0 using 3 nooutput
firmware = int(STATS_max)
stats data index 0 using 4 nooutput

# In the order of a reboot; neighbours differ in lightness.
phases = "shutdown load quiesce handoff firmware bootloader decompress kernel userspace"
array fill[9] = ["#bbbbbb", "#0072b2", "#f0e442", "#a03c00", "#9fd4f3", "#4b3f72", "#f5b041", "#009e73", "#f3b6d8"]
array on[9] = ["#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#ffffff", "#000000"]

end = longest * 1.16
beware = firmware ? "\nThe firmware here is QEMU's: on a server that phase takes minutes." : ""
set xlabel "seconds since the request, by phase (medians); at the right: the whole reboot" . beware textcolor rgb ink
set xrange [0:end]
set yrange [rows + 0.55:0.4]
set ytics scale 0
set lmargin label_room(STATS_max)
set rmargin 3
set tmargin 4.2
set bmargin 3.6 + firmware
set style fill solid 1.0 border rgb "#ffffff"
set key at screen 0.5, screen 0.99 center top horizontal Left reverse samplen 1 width 1 maxrows 2 textcolor rgb ink

half = 0.34
# A name needs room: what does not fit stands in the legend.
wide(from, to, text) = (to - from) / end * 100 > 1.02 * strlen(text) + 0.8
seconds(x) = x == x ? sprintf("%.2f s", x) : "no median"

do for [format in "svg png"] {
	eval terminal(format, 900, 176 + 18 * firmware + 70 * rows)
	set output "phases." . format
	plot \
		for [p = 1:9] data index 2 using ($2 == p ? $3 : 1/0):1:3:4:($1 - half):($1 + half) \
			with boxxyerror fillcolor rgb fill[p] linewidth 1.2 title word(phases, p), \
		for [p = 1:9] data index 2 using ($2 == p && wide($3, $4, strcol(6)) ? ($3 + $4) / 2 : 1/0):($1 - 0.12):6 \
			with labels center textcolor rgb on[p] font "DejaVu Sans,12" notitle, \
		for [p = 1:9] data index 2 using ($2 == p && wide($3, $4, strcol(5)) ? ($3 + $4) / 2 : 1/0):($1 + (wide($3, $4, strcol(6)) ? 0.12 : 0)):(strcol(5) . (wide($3, $4, strcol(5) . " ms") ? " ms" : "")) \
			with labels center textcolor rgb on[p] font "DejaVu Sans,12" notitle, \
		data index 1 using 4:1:(seconds($5)) \
			with labels left offset 0.8, 0 textcolor rgb ink notitle, \
		data index 1 using (NaN):1:ytic(2) notitle
	unset output
}
