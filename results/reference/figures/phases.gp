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

# In the order of a reboot; neighbours differ in lightness.
phases = "shutdown load quiesce handoff firmware bootloader decompress kernel userspace"
array fill[9] = ["#bbbbbb", "#0072b2", "#f0e442", "#a03c00", "#9fd4f3", "#4b3f72", "#f5b041", "#009e73", "#f3b6d8"]
array on[9] = ["#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#ffffff", "#000000"]
array there[9] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
stats data index 2 using (there[int($2)] = 1, 0) nooutput

end = longest * 1.02
beware = firmware ? "\nThe firmware here is QEMU's: on a server that phase takes minutes." : ""
set xlabel "seconds since the request: medians of the phases, in ms, end to end" . beware textcolor rgb ink
set xrange [0:end]
set yrange [rows + 0.5:0.42]
unset ytics
set lmargin 3
set rmargin 3
set tmargin 3.6
set bmargin 3.4 + 1.1 * firmware
set style fill solid 1.0 border rgb "#ffffff"
set key at screen 0.5, screen 0.99 center top horizontal Left reverse samplen 1 width 1 maxrows 2 textcolor rgb ink

top = -0.18
bottom = 0.38
middle = 0.10
# A name needs room: what does not fit stands in the legend.
wide(from, to, text) = (to - from) / end * 100 > 1.02 * strlen(text) + 0.8
seconds(x) = x >= 0 ? sprintf("%.2f s", x) : "no median of the whole"

do for [format in "svg png"] {
	eval terminal(format, width, 128 + 18 * firmware + 84 * rows)
	set output "phases." . format
	plot \
		for [p = 1:9] data index 2 using ($2 == p ? $3 : 1/0):1:3:4:($1 + top):($1 + bottom) \
			with boxxyerror fillcolor rgb fill[p] linewidth 1.2 title (there[p] ? word(phases, p) : ""), \
		for [p = 1:9] data index 2 using ($2 == p && wide($3, $4, strcol(6)) ? ($3 + $4) / 2 : 1/0):($1 + middle - 0.11):6 \
			with labels center textcolor rgb on[p] font "DejaVu Sans,12" notitle, \
		for [p = 1:9] data index 2 using ($2 == p && wide($3, $4, strcol(5)) ? ($3 + $4) / 2 : 1/0):($1 + middle + (wide($3, $4, strcol(6)) ? 0.11 : 0)):5 \
			with labels center textcolor rgb on[p] font "DejaVu Sans,12" notitle, \
		data index 1 using (0):($1 - 0.32):(strcol(2) . "   " . seconds($5)) \
			with labels left boxed textcolor rgb ink notitle
	unset output
}
