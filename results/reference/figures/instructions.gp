# SPDX-License-Identifier: GPL-2.0-only
# instructions.gp - the instructions of each phase by the exact clock, laid end to end, one bar a way
#
# Reads instructions.dat beside it; `gnuplot instructions.gp` draws instructions.svg and instructions.png.

name = "instructions"
load "bars.gp"
