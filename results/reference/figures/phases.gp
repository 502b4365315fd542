# SPDX-License-Identifier: GPL-2.0-only
# phases.gp - the median of each phase by the wall clock, laid end to end, one bar a way
#
# Reads phases.dat beside it; `gnuplot phases.gp` draws phases.svg and phases.png.

name = "phases"
load "bars.gp"
